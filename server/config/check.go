package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"beckon/server/auth"
)

// check says what is wrong, as far as it shows without doing anything.
func (c *Config) check() []error {
	var problems []error
	add := func(path, format string, args ...any) {
		problems = append(problems, c.problem(path, fmt.Sprintf(format, args...)))
	}
	oneOf := func(path, value string, allowed ...string) {
		for _, a := range allowed {
			if value == a {
				return
			}
		}
		add(path, "is %q, but takes %s", value, strings.Join(allowed, " or "))
	}
	oneOf("journal", c.Journal, "nats", "memory")
	oneOf("sync", c.Sync, "always", "interval")
	oneOf("purge", c.Purge, "auto", "never")
	oneOf("log", c.Log, "text", "json")
	oneOf("log_level", c.LogLevel, "info", "debug")
	if c.Metrics != "" {
		if _, _, err := net.SplitHostPort(c.Metrics); err != nil {
			add("metrics", "is %q, but takes host:port, such as 127.0.0.1:9464", c.Metrics)
		} else if c.Metrics == c.Addr && !strings.HasSuffix(c.Addr, ":0") {
			add("metrics", "is the address that pages connect to: take another one, which is not for everybody")
		}
	}
	if c.Drain < 0 || time.Duration(c.Drain) > time.Minute {
		add("drain", "is %s, but takes 0s to 1m", c.Drain)
	}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		add("addr", "is %q, but takes host:port, such as 127.0.0.1:8080", c.Addr)
	} else if c.Dev() && !auth.Loopback(c.Addr) {
		add("addr", "%s can be reached from other machines, but no app is configured, so any token is good (dev mode): "+
			"listen on 127.0.0.1, or name an app and its keys in a file (-config)", c.Addr)
	}
	if c.Data == "" {
		add("data", "is empty, but takes a folder")
	}
	if time.Duration(c.Invitation) < time.Second {
		add("invitation", "is %s, but takes at least 1s", c.Invitation)
	}
	if c.Grace < 0 {
		add("grace", "is %s, but takes at least 0s", c.Grace)
	}
	c.checkTLS(add)
	for _, o := range c.Origins {
		if strings.Contains(o, "/") || o == "" {
			add("origins", "has %q, but takes hosts without https://, such as app.example.org or *.example.org", o)
		}
	}
	c.checkProxies(add)
	c.checkLimits(add)
	c.checkICE(add)
	c.checkApps(add)
	return problems
}

type adder func(path, format string, args ...any)

func (c *Config) checkTLS(add adder) {
	t := c.TLS
	if (t.Cert == "") != (t.Key == "") {
		path := "tls.cert"
		if t.Cert == "" {
			path = "tls.key"
		}
		add(path, "cert and key of tls go together, and only one of them is there")
	}
	if t.Cert != "" && len(t.ACMEHosts) > 0 {
		add("tls.acme_hosts", "does not go with tls.cert: certificates come from files, or from an authority")
	}
	for _, host := range t.ACMEHosts {
		if !hostName.MatchString(host) || net.ParseIP(host) != nil {
			add("tls.acme_hosts", "has %q, but takes names of hosts, such as relay.example.org", host)
		}
	}
	if u, err := url.Parse(t.ACMEDirectory); err != nil || u.Host == "" || u.Scheme != "https" && !auth.Loopback(u.Host) {
		add("tls.acme_directory", "is %q, but takes the address of a directory, which begins with https://", t.ACMEDirectory)
	}
}

var hostName = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+$`)

func (c *Config) checkProxies(add adder) {
	c.proxies = nil
	for _, text := range c.Proxies {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			var one netip.Addr
			if one, err = netip.ParseAddr(text); err == nil {
				prefix = netip.PrefixFrom(one, one.BitLen())
			}
		}
		if err != nil {
			add("trusted_proxies", "has %q, but takes addresses such as 10.0.0.7 or 10.0.0.0/8", text)
			continue
		}
		c.proxies = append(c.proxies, prefix.Masked())
	}
}

var appName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func (c *Config) checkApps(add adder) {
	names, keys := map[string]bool{}, map[string]string{}
	for i, a := range c.Apps {
		at := fmt.Sprintf("app[%d]", i)
		switch {
		case a.Name == "":
			add(at+".name", "is missing: the app's journal goes by it")
		case !appName.MatchString(a.Name):
			add(at+".name", "takes 1 to 64 letters, digits, dots, dashes and underscores")
		case names[a.Name]:
			add(at+".name", "%q is the name of another app, too", a.Name)
		}
		names[a.Name] = true
		for _, key := range a.Names() {
			if other, taken := keys[key]; taken {
				add(at, "pages would name it %q, which names the app %q already", key, other)
			}
			keys[key] = a.Name
		}
		if len(a.JWT)+len(a.UserSig)+len(a.NIM)+len(a.Static) == 0 {
			add(at, "has no keys, so nobody could log in: give it [[app.jwt]], [[app.usersig]], [[app.nim]] or [[app.static]]")
		}
		if len(a.UserSig) > 0 && a.SDKAppID == 0 {
			add(at+".usersig[0]", "takes the app's sdk_app_id, which is missing")
		}
		if len(a.NIM) > 0 && a.AppKey == "" {
			add(at+".nim[0]", "takes the app's app_key, which is missing")
		}
	}
}
