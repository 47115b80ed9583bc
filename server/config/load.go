package config

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

// A setting is what flags and the environment can say as well as the file.
type setting struct {
	key   string // in the file; dots become dashes in the flag, BECKON_ and underscores in the environment
	usage string
	value func(*Config) flag.Value
}

var settings = []setting{
	{"addr", "`host:port` to listen on", func(c *Config) flag.Value { return text{&c.Addr} }},
	{"data", "`folder` of the journal; made if it is not there", func(c *Config) flag.Value { return text{&c.Data} }},
	{"journal", "`where` state is kept: nats (embedded, in the data folder) or memory (gone with the process)", func(c *Config) flag.Value { return text{&c.Journal} }},
	{"sync", "`when` the journal reaches the disk: always (before an answer) or interval (every second: survives a crash of the relay; the machine's may take the last second)", func(c *Config) flag.Value { return text{&c.Sync} }},
	{"purge", "`whether` the journal lets go of records that two snapshots stand for: auto, or never (for audits: it grows for ever, and nobody can be forgotten)", func(c *Config) flag.Value { return text{&c.Purge} }},
	{"origins", "`hosts` whose pages may connect besides this relay's own, separated by commas, such as *.example.org", func(c *Config) flag.Value { return list{&c.Origins} }},
	{"trusted_proxies", "`addresses` of proxies whose X-Forwarded-For is believed, separated by commas, such as 10.0.0.0/8", func(c *Config) flag.Value { return list{&c.Proxies} }},
	{"log", "`format` of the log: text or json", func(c *Config) flag.Value { return text{&c.Log} }},
	{"log_level", "`what` is logged: info, or debug, which is every login and more", func(c *Config) flag.Value { return text{&c.LogLevel} }},
	{"metrics", "`host:port` where Prometheus finds metrics; without it, nowhere", func(c *Config) flag.Value { return text{&c.Metrics} }},
	{"drain", "for how `long`, on SIGTERM, the relay says that it is not ready before it tells devices to come back", func(c *Config) flag.Value { return &c.Drain }},
	{"invitation", "how `long` an invitation rings", func(c *Config) flag.Value { return &c.Invitation }},
	{"grace", "how `long` a member may be without a link; 0: for ever", func(c *Config) flag.Value { return &c.Grace }},
	{"tls.cert", "`file` of the certificate and its chain, in PEM: serves HTTPS", func(c *Config) flag.Value { return text{&c.TLS.Cert} }},
	{"tls.acme_hosts", "`names` of this relay for which an ACME authority gives certificates, separated by commas: serves HTTPS at port 443", func(c *Config) flag.Value { return list{&c.TLS.ACMEHosts} }},
	{"tls.acme_email", "`address` to which the authority writes about problems", func(c *Config) flag.Value { return text{&c.TLS.ACMEEmail} }},
	{"tls.acme_directory", "`URL` of the authority's directory", func(c *Config) flag.Value { return text{&c.TLS.ACMEDirectory} }},
	{"tls.key", "`file` of the certificate's private key, in PEM", func(c *Config) flag.Value { return text{&c.TLS.Key} }},
}

func (s setting) flag() string { return strings.NewReplacer(".", "-", "_", "-").Replace(s.key) }

func (s setting) variable() string {
	return "BECKON_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// Input is where settings come from.
type Input struct {
	File  string              // path; empty: none
	Env   func(string) string // as os.Getenv
	Flags map[string]string   // by name, those that were given
	// Remotes are the key sets at URLs, which hold what was fetched when settings
	// are read anew. Nil: new ones each time.
	Remotes *Remotes
}

// Flags registers a flag for each setting, and one for the file. Once the set is
// parsed, the function returns what was given.
func Flags(set *flag.FlagSet, env func(string) string) func() Input {
	shown := defaults()
	for _, s := range settings {
		set.Var(s.value(shown), s.flag(), s.usage)
	}
	file := set.String("config", env("BECKON_CONFIG"), "`file` of settings and apps, in TOML")
	return func() Input {
		given := map[string]string{}
		set.Visit(func(f *flag.Flag) { given[f.Name] = f.Value.String() })
		delete(given, "config")
		return Input{File: *file, Env: env, Flags: given}
	}
}

// Load reads all settings and checks them. Its error joins one [Problem] for each
// thing that is wrong.
func Load(in Input) (*Config, error) {
	if in.File == "" {
		return load(in, nil)
	}
	text, err := os.ReadFile(in.File)
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	return load(in, text)
}

// load is Load with the file's text.
func load(in Input, document []byte) (*Config, error) {
	c := defaults()
	c.File, c.env, c.remotes = in.File, in.Env, in.Remotes
	if c.remotes == nil {
		c.remotes = &Remotes{}
	}
	if in.File != "" {
		c.files = append(c.files, in.File)
		if err := c.decode(document); err != nil {
			return nil, err
		}
	}
	var problems []error
	set := func(s setting, value, from string) {
		if err := s.value(c).Set(value); err != nil {
			problems = append(problems, &Problem{Where: from, Reason: err.Error()})
		}
		c.from[s.key] = from
	}
	for _, s := range settings {
		if value := in.Env(s.variable()); value != "" {
			set(s, value, s.variable())
		}
		if value, ok := in.Flags[s.flag()]; ok {
			set(s, value, "-"+s.flag())
		}
	}
	problems = append(problems, c.environmentApp(in.Env)...)
	c.Limits.usual(c.Dev())
	problems = append(problems, c.check()...)
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return c, nil
}

// environmentApp adds the app that the environment describes, for a container
// that has no file.
func (c *Config) environmentApp(env func(string) string) []error {
	app := App{Name: env("BECKON_APP"), AppKey: env("BECKON_APP_KEY")}
	at := fmt.Sprintf("app[%d]", len(c.Apps))
	given := app.Name != "" || app.AppKey != ""
	if app.Name == "" {
		app.Name = "app"
	}
	if id := env("BECKON_SDK_APP_ID"); id != "" {
		given = true
		if _, err := fmt.Sscan(id, &app.SDKAppID); err != nil || decimal(app.SDKAppID) != id {
			return []error{&Problem{Where: "BECKON_SDK_APP_ID", Reason: "is no sdkAppId, which is a number"}}
		}
	}
	secret := func(name string) (Source, bool) {
		given = given || env(name) != ""
		return Source{Env: name}, env(name) != ""
	}
	if s, ok := secret("BECKON_JWT_SECRET"); ok {
		app.JWT = []JWT{{Source: s, Alg: "HS256"}}
	}
	if s, ok := secret("BECKON_USERSIG_SECRET"); ok {
		app.UserSig = []UserSig{{s}}
	}
	if s, ok := secret("BECKON_NIM_SECRET"); ok {
		app.NIM = []NIM{{Source: s}}
	}
	if given {
		c.Apps = append(c.Apps, app)
		c.from[at] = "the app of the environment (BECKON_APP…)"
	}
	return nil
}
