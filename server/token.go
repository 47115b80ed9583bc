package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"beckon/server/auth"
	"beckon/server/config"
)

// token prints a token for an account of a configured app: to try things out, and
// for programs that have no code of their own to make one.
func token(_ context.Context, p *program, set *flag.FlagSet, args []string) error {
	var o tokenOptions
	file := set.String("config", p.env("BECKON_CONFIG"), "`file` of settings and apps, in TOML")
	set.StringVar(&o.app, "app", "", "`name` of the app; may be left out if there is only one")
	set.StringVar(&o.kind, "kind", "", "jwt, usersig or nim; without it, the first of them that the app has a key for")
	set.StringVar(&o.private, "key", "", "`file` of the private key, in PEM, for a jwt whose public key the app has")
	set.DurationVar(&o.good, "for", time.Hour, "for how `long` it is good")
	if err := p.parse(set, args, 1); err != nil {
		return err
	}
	if o.account = set.Arg(0); o.account == "" {
		return errors.New("whose token? give an account: beckon token ACCOUNT")
	}
	c, err := config.Load(config.Input{File: *file, Env: p.env})
	if err != nil {
		return err
	}
	keys, err := c.Keys()
	if err != nil {
		return err
	}
	made, err := o.make(c, keys, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, made)
	return nil
}

type tokenOptions struct {
	app, kind, private, account string
	good                        time.Duration
}

// make makes a token and sees to it that the relay would take it.
func (o *tokenOptions) make(c *config.Config, keys map[string]auth.Keys, now time.Time) (string, error) {
	app, err := o.find(c)
	if err != nil {
		return "", err
	}
	if o.good < time.Second {
		return "", fmt.Errorf("-for is %s, but takes at least 1s", o.good)
	}
	key := o.choose(keys[app])
	if key == nil {
		return "", fmt.Errorf("the app %s has no key to make such a token with", app)
	}
	made, err := o.sign(key, now)
	if err != nil {
		return "", err
	}
	if _, err := keys[app].Check(now, o.account, made); err != nil {
		return "", fmt.Errorf("the relay would not take the token: %w", err)
	}
	return made, nil
}

func (o *tokenOptions) find(c *config.Config) (string, error) {
	var all []string
	for _, a := range c.Apps {
		if a.Name == o.app {
			return a.Name, nil
		}
		all = append(all, a.Name)
	}
	switch {
	case len(all) == 0:
		return "", errors.New("no app is configured, so any token is good (dev mode)")
	case o.app == "" && len(all) == 1:
		return all[0], nil
	case o.app == "":
		return "", fmt.Errorf("which app? give -app: %s", strings.Join(all, ", "))
	}
	return "", fmt.Errorf("there is no app %q, only %s", o.app, strings.Join(all, ", "))
}

func (o *tokenOptions) choose(keys auth.Keys) auth.Key {
	for _, k := range keys {
		kind := ""
		switch k.(type) {
		case *auth.JWT:
			kind = "jwt"
		case *auth.UserSig:
			kind = "usersig"
		case *auth.NIM:
			kind = "nim"
		}
		if kind != "" && (o.kind == "" || o.kind == kind) {
			return k
		}
	}
	return nil
}

func (o *tokenOptions) sign(key auth.Key, now time.Time) (string, error) {
	if j, ok := key.(*auth.JWT); ok && o.private != "" {
		text, err := os.ReadFile(o.private)
		if err != nil {
			return "", err
		}
		return j.MakeWith(text, now, o.account, o.good)
	}
	return key.(auth.Maker).Make(now, o.account, o.good)
}
