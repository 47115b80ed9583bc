package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"beckon/server/config"
)

func (d *diagnosis) port(ctx context.Context, addr string) {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		l.Close()
		d.note("port", fine, "%s is free", addr)
		return
	}
	if healthy(ctx, addr) {
		d.note("port", fine, "%s is taken by a relay that is well", addr)
		return
	}
	d.note("port", bad, "cannot listen on %s: %v", addr, err)
}

// healthy asks whatever listens there whether it is a relay.
func healthy(ctx context.Context, addr string) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	for _, scheme := range []string{"http", "https"} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+addr+"/healthz", nil)
		if err != nil {
			return false
		}
		// It is asked for its health, and told nothing: its name does not matter.
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
		if res, err := client.Do(req); err == nil {
			text, _ := io.ReadAll(io.LimitReader(res.Body, 8))
			res.Body.Close()
			if res.StatusCode == http.StatusOK && string(text) == "ok\n" {
				return true
			}
		}
	}
	return false
}

func (d *diagnosis) tls(c *config.Config) {
	certs, err := openCertificates(c)
	switch {
	case err != nil:
		d.note("tls", bad, "%v", err)
	case certs == nil && open(c):
		d.note("tls", worse, "off: have a proxy in front speak HTTPS, and list it under trusted_proxies, or set tls.cert and tls.key, or tls.acme_hosts")
	case certs == nil:
		d.note("tls", fine, "off, and only this machine can connect")
	case certs.acme != nil:
		d.note("tls", fine, "certificates of %s come from %s, which has to reach this relay at port 443",
			strings.Join(c.TLS.ACMEHosts, ", "), c.TLS.ACMEDirectory)
	default:
		d.certificate(certs.now.Load().Leaf)
	}
}

func (d *diagnosis) certificate(leaf *x509.Certificate) {
	until, of := leaf.NotAfter.UTC().Format(time.DateOnly), strings.Join(leaf.DNSNames, ", ")
	switch left := leaf.NotAfter.Sub(d.now); {
	case left <= 0:
		d.note("tls", bad, "the certificate ended on %s", until)
	case d.now.Before(leaf.NotBefore):
		d.note("tls", bad, "the certificate begins on %s", leaf.NotBefore.UTC().Format(time.DateOnly))
	case of == "":
		d.note("tls", worse, "the certificate names no host: browsers will not take it")
	case left < 14*24*time.Hour:
		d.note("tls", worse, "the certificate of %s ends on %s: renew it; the relay sees the new files by itself", of, until)
	default:
		d.note("tls", fine, "the certificate of %s is good until %s", of, until)
	}
}
