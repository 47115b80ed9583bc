package main

import (
	"crypto/tls"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"beckon/server/auth"
	"beckon/server/config"
)

// certificates holds what HTTPS is served with: a certificate from files, which
// can be loaded anew while the relay runs, or those that an ACME authority gives.
// Nil: there is none.
type certificates struct {
	files config.TLS
	now   atomic.Pointer[tls.Certificate]
	acme  *autocert.Manager // nil: files
	own   bool              // made by this process, in memory
}

// lasting says whether browsers may insist on HTTPS from now on: there is a certificate, and others vouch for it.
func (c *certificates) lasting() bool { return c != nil && !c.own }

func openCertificates(c *config.Config) (*certificates, error) {
	switch {
	case !c.TLS.On():
		return nil, nil
	case c.TLS.Cert != "":
		certs := &certificates{files: c.TLS}
		return certs, certs.load()
	}
	return &certificates{acme: &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		Email:      c.TLS.ACMEEmail,
		HostPolicy: autocert.HostWhitelist(c.TLS.ACMEHosts...),
		Cache:      autocert.DirCache(filepath.Join(c.Data, "acme")), // which nobody else can read
		Client:     &acme.Client{DirectoryURL: c.TLS.ACMEDirectory, UserAgent: "beckon"},
	}}, nil
}

// load reads the files. What comes from an authority is renewed by itself.
func (c *certificates) load() error {
	if c.acme != nil || c.own {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(c.files.Cert, c.files.Key)
	if err != nil {
		return fmt.Errorf("cannot use tls.cert %s with tls.key %s: %w", c.files.Cert, c.files.Key, err)
	}
	c.now.Store(&pair)
	return nil
}

func (c *certificates) config() *tls.Config {
	if c == nil {
		return nil
	}
	if c.acme != nil {
		settings := c.acme.TLSConfig()
		settings.MinVersion = tls.VersionTLS12
		return settings
	}
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.now.Load(), nil },
	}
}

// open says whether others can read what comes and goes.
func open(c *config.Config) bool { return !c.TLS.On() && !auth.Loopback(c.Addr) }
