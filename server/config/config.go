// Package config is what an operator can set, and where they say it: a file, the
// environment, and flags, each of which overrides the one before.
//
// The file is TOML. A key that does not exist, or whose value is of no use, is an
// error that names file, line and key; so a mistake in spelling never is a
// setting that silently is not there. web/docs/operate.md lists all keys.
package config

import (
	"net/netip"
	"slices"
	"time"

	"beckon/core"
)

// Config is all settings. Make it with [Load].
type Config struct {
	Addr       string   `toml:"addr"`
	Data       string   `toml:"data"`
	Journal    string   `toml:"journal"`
	Sync       string   `toml:"sync"`
	Purge      string   `toml:"purge"`
	Log        string   `toml:"log"`
	LogLevel   string   `toml:"log_level"`
	Metrics    string   `toml:"metrics"`
	Drain      Duration `toml:"drain"`
	Origins    []string `toml:"origins"`
	Proxies    []string `toml:"trusted_proxies"`
	Invitation Duration `toml:"invitation"`
	Grace      Duration `toml:"grace"`
	TLS        TLS      `toml:"tls"`
	Limits     Limits   `toml:"limits"`
	ICE        []ICE    `toml:"ice"`
	Apps       []App    `toml:"app"`

	// File is where the file lies; empty if there is none.
	File string `toml:"-"`

	proxies []netip.Prefix
	lines   lines             // of the file's keys
	from    map[string]string // the flag or variable that set a key
	files   []string          // that were read: the file, and those it names
	env     func(string) string
	remotes *Remotes
}

// TLS is what HTTPS takes: a certificate and its key, or the hosts for which an
// ACME authority gives certificates (RFC 8555).
type TLS struct {
	Cert          string   `toml:"cert"`
	Key           string   `toml:"key"`
	ACMEHosts     []string `toml:"acme_hosts"`
	ACMEEmail     string   `toml:"acme_email"`
	ACMEDirectory string   `toml:"acme_directory"`
}

// On says whether HTTPS is served.
func (t TLS) On() bool { return t.Cert != "" || len(t.ACMEHosts) > 0 }

// ICE is a STUN or TURN server that pages are told of. With a username, the secret
// is its password; without one, the secret is shared with the server, and each page
// gets credentials that are good for TTL.
type ICE struct {
	Source
	URLs     []string `toml:"urls"`
	Username string   `toml:"username"`
	TTL      Duration `toml:"ttl"`
}

// An App is a tenant. Pages name it by appKey or by sdkAppId; by its name, if it
// has neither.
type App struct {
	Name     string    `toml:"name"`
	AppKey   string    `toml:"app_key"`
	SDKAppID uint64    `toml:"sdk_app_id"`
	JWT      []JWT     `toml:"jwt"`
	UserSig  []UserSig `toml:"usersig"`
	NIM      []NIM     `toml:"nim"`
	Static   []Static  `toml:"static"`
}

// Source says where a secret is: here, in a file, or in a variable of the
// environment.
type Source struct {
	Secret Secret `toml:"secret"`
	File   string `toml:"secret_file"`
	Env    string `toml:"secret_env"`
}

// JWT is a key for JSON Web Tokens: a secret, a public key or a set of them.
type JWT struct {
	Source
	Alg       string `toml:"alg"`
	PublicKey string `toml:"public_key_file"` // PEM
	JWKS      string `toml:"jwks_file"`
	JWKSURL   string `toml:"jwks_url"`
	Issuer    string `toml:"issuer"`
	Audience  string `toml:"audience"`
}

// UserSig is a secret key of the Tencent application whose id the app has.
type UserSig struct{ Source }

// NIM is an appSecret of the NetEase application whose appKey the app has.
type NIM struct {
	Source
	MaxTTL Duration `toml:"max_ttl"`
}

// Static is a file of accounts and their tokens, one pair a line.
type Static struct {
	File string `toml:"file"`
}

// Dev says that no app is configured, so any token is good for any app.
func (c *Config) Dev() bool { return len(c.Apps) == 0 }

// Machine is the part that the machine goes by.
func (c *Config) Machine() core.Config {
	m := core.Config{
		InvitationTime: core.Time(time.Duration(c.Invitation).Milliseconds()),
		Grace:          core.Time(time.Duration(c.Grace).Milliseconds()),
	}
	if c.Grace == 0 {
		m.Grace = -1
	}
	if m.Rung = c.Limits.PendingPerAccount; m.Rung == 0 {
		m.Rung = -1
	}
	return m
}

// Trusted are the addresses of proxies whose X-Forwarded-For is believed.
func (c *Config) Trusted() []netip.Prefix { return slices.Clone(c.proxies) }

// Names are what pages call the app.
func (a *App) Names() []string {
	var names []string
	if a.AppKey != "" {
		names = append(names, a.AppKey)
	}
	if a.SDKAppID != 0 {
		names = append(names, decimal(a.SDKAppID))
	}
	if len(names) == 0 {
		names = append(names, a.Name)
	}
	return names
}

func defaults() *Config {
	return &Config{
		Addr: "127.0.0.1:8080", Data: "data", Journal: "nats", Sync: "always", Purge: "auto", Log: "text", LogLevel: "info",
		Invitation: Duration(90 * time.Second), Grace: Duration(2 * time.Minute),
		TLS:    TLS{ACMEDirectory: "https://acme-v02.api.letsencrypt.org/directory"},
		Limits: noLimits(),
		from:   map[string]string{},
	}
}
