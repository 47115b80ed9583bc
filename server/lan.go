package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"beckon/server/auth"
	"beckon/server/config"
)

// lanMode is a relay for the people in one room: `beckon serve -lan`. It serves
// HTTPS, with a certificate that it makes for itself, on this machine's addresses
// in the local network. Who has its link gets tokens under any name, for as long
// as the link is good. Secret, certificate and links go with the process.
type lanMode struct {
	good   time.Duration // how long a link is
	jwt    *auth.JWT
	passes *passes
	certs  *certificates
	hosts  []net.IP // what it listens on
}

const (
	lanPort = "8443"
	// What the demo page calls its app, in the two dialects.
	lanApp, lanAppKey, lanSDKAppID = "lan", "dev", "1400000001"
)

// lanFlags registers the flags. Once the set is parsed, the function prepares the
// mode if it is asked for: what the relay then has of the settings is in the input.
func lanFlags(set *flag.FlagSet) func(*config.Input) (*lanMode, error) {
	on := set.Bool("lan", false, "let people in this machine's network try the demo page: HTTPS with a certificate made for it, who has the link is let in")
	good := set.Duration("lan-for", time.Hour, "for how `long` a link of -lan is good")
	return func(input *config.Input) (*lanMode, error) {
		if !*on {
			return nil, nil
		}
		return openLAN(*good, input, privateAddresses)
	}
}

// openLAN makes secret and certificate, and has the input describe the one app
// that there is.
func openLAN(good time.Duration, input *config.Input, addresses func() ([]net.IP, error)) (*lanMode, error) {
	if good < time.Second {
		return nil, fmt.Errorf("-lan-for is %s, but takes at least 1s", good)
	}
	delete(input.Flags, "lan")
	delete(input.Flags, "lan-for")
	secret := []byte(rand.Text() + rand.Text())
	jwt, err := auth.NewJWT(auth.JWTKey{Alg: "HS256", Key: secret})
	if err != nil {
		return nil, err
	}
	app := map[string]string{
		"BECKON_APP": lanApp, "BECKON_APP_KEY": lanAppKey, "BECKON_SDK_APP_ID": lanSDKAppID,
		"BECKON_JWT_SECRET": string(secret), "BECKON_USERSIG_SECRET": "", "BECKON_NIM_SECRET": "",
	}
	env := input.Env
	for name := range app {
		if env(name) != "" {
			return nil, fmt.Errorf("-lan is for trying things out, with an app of its own: it does not go with %s", name)
		}
	}
	input.Env = func(name string) string {
		if value, own := app[name]; own {
			return value
		}
		return env(name)
	}
	l := &lanMode{good: good, jwt: jwt, passes: &passes{now: time.Now, good: good}}
	if input.Flags["addr"] == "" && env("BECKON_ADDR") == "" {
		if l.hosts, err = addresses(); err != nil {
			return nil, err
		}
		input.Flags["addr"] = net.JoinHostPort(l.hosts[0].String(), lanPort)
	}
	return l, nil
}

// listen listens where the mode does, with a certificate for that; without the
// mode, where the settings say.
func (l *lanMode) listen(c *config.Config) (all []net.Listener, err error) {
	if l == nil {
		one, err := listen(c.Addr)
		if err != nil {
			return nil, err
		}
		return []net.Listener{one}, nil
	}
	switch {
	case len(c.Apps) != 1:
		return nil, errors.New("-lan is for trying things out, with an app of its own: it does not go with the apps of a configuration")
	case c.TLS.On():
		return nil, errors.New("-lan makes a certificate of its own: it does not go with tls settings")
	}
	host, port, _ := net.SplitHostPort(c.Addr)
	if l.hosts == nil {
		ip := net.ParseIP(host)
		if ip == nil || ip.IsUnspecified() {
			return nil, fmt.Errorf("-lan takes an address of this machine to listen on, such as 192.168.1.5:%s, not %s", lanPort, c.Addr)
		}
		l.hosts = []net.IP{ip}
	}
	if l.certs, err = selfSigned(l.hosts, time.Now()); err != nil {
		return nil, err
	}
	for _, ip := range l.hosts {
		one, err := listen(net.JoinHostPort(ip.String(), port))
		if err != nil {
			return all, err
		}
		all = append(all, one)
	}
	return all, nil
}

// certificates are the mode's, or else those of the settings.
func (l *lanMode) certificates(others *certificates) *certificates {
	if l == nil {
		return others
	}
	return l.certs
}

// handler adds what guests ask for to what everybody does.
func (l *lanMode) handler(next http.Handler) http.Handler {
	if l == nil {
		return next
	}
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("POST /lan/token", l.token)
	return mux
}

func (l *lanMode) warn(c *config.Config, log *slog.Logger) {
	if l == nil {
		warn(c, log)
		return
	}
	log.Warn("LAN MODE: anybody in the network who has the link can sign in under any name", "for", l.good)
}

// greet tells whoever started the relay where it is and what they risk, with a
// link that is good from now on, and a new one whenever that has ended.
func (l *lanMode) greet(ctx context.Context, out io.Writer, listeners []net.Listener, c *config.Config) {
	if l == nil {
		greet(out, listeners[0].Addr(), c)
		return
	}
	for _, at := range listeners {
		fmt.Fprintf(out, "Beckon is at https://%s\n", at.Addr())
	}
	fmt.Fprintf(out, `  RISK: everybody in your network who has the link below can sign in, under any name, while it is good.
  The certificate is self-signed: browsers warn of it, and cannot tell this relay from an impostor. Go on only
  in a network that you trust, or compare the SHA-256 fingerprint in the browser's warning:
    %s
  Ctrl-C stops the relay.
`, l.certs.fingerprint())
	go l.renew(ctx, out, listeners)
}

// renew has a link that is good, and tells of it, until ctx ends.
func (l *lanMode) renew(ctx context.Context, out io.Writer, listeners []net.Listener) {
	for {
		key, until := l.passes.renew()
		fmt.Fprintf(out, "\n  Open this; the page has a QR code for phones. It is good until %s:\n", until.Format("15:04:05"))
		for _, at := range listeners {
			fmt.Fprintf(out, "    https://%s/#pass=%s\n", at.Addr(), key)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(l.good):
		}
	}
}

// privateAddresses are those of this machine that only its network can reach, of
// interfaces that lead to other machines.
func privateAddresses() ([]net.IP, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var found []net.IP
	for _, i := range all {
		if i.Flags&net.FlagRunning == 0 || i.Flags&(net.FlagLoopback|net.FlagPointToPoint) != 0 || virtual(i.Name) {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			return nil, err
		}
		for _, a := range addrs {
			if n, ok := a.(*net.IPNet); ok && n.IP.IsPrivate() && n.IP.To4() != nil {
				found = append(found, n.IP.To4())
			}
		}
	}
	if len(found) == 0 {
		return nil, errors.New("this machine has no address of a private network (10/8, 172.16/12, 192.168/16): connect it to one, or say which address to use with ADDR=host:port (flag -addr)")
	}
	return found, nil
}

// virtual says whether an interface leads to containers and machines inside this one.
func virtual(name string) bool {
	for _, prefix := range []string{"docker", "br-", "veth", "virbr", "vmnet", "cni", "flannel"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
