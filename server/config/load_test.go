package config

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/auth"
)

func noEnv(string) string { return "" }

func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

// write makes a file and returns its path.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func parse(t testing.TB, env func(string) string, args ...string) Input {
	t.Helper()
	set := flag.NewFlagSet("beckon", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	given := Flags(set, env)
	require.NoError(t, set.Parse(args))
	return given()
}

const whole = `# A relay for two apps.
addr = "0.0.0.0:8443"
data = "/var/lib/beckon"
journal = "nats"
sync = "interval"
log = "json"
origins = ["app.example.org", "*.example.net"]
trusted_proxies = ["10.0.0.0/8", "192.0.2.7"]
invitation = "45s"
grace = "0s"

[tls]
cert = "cert.pem"
key = "key.pem"

[limits]
connections = 10000
connections_per_address = 100
commands_per_second = 10

[[ice]]
urls = ["stun:stun.example.org:3478"]

[[ice]]
urls = ["turn:turn.example.org", "turns:turn.example.org:5349?transport=tcp"]
secret = "shared-thirty-two-bytes-with-turn"
ttl = "10m"

[[app]]
name = "acme"
app_key = "45c6af3c98409b18a84451215d0bdd6e"
sdk_app_id = 1400000000

[[app.jwt]]
alg = "HS256"
secret = "a secret of at least thirty-two bytes"
issuer = "https://login.example.org"

[[app.usersig]]
secret_env = "ACME_USERSIG"

[[app.nim]]
secret = "0c1c1ef9bb2a"
max_ttl = "1h"

[[app]]
name = "beta"
jwt = [{ alg = "HS256", secret = "another secret of thirty-two bytes" }]
`

func TestFileSaysEverything(t *testing.T) {
	c, err := Load(Input{File: write(t, "beckon.toml", whole), Env: env("ACME_USERSIG", "s")})
	require.NoError(t, err)
	require.Equal(t, "0.0.0.0:8443", c.Addr)
	require.Equal(t, []string{"app.example.org", "*.example.net"}, c.Origins)
	require.Equal(t, "10.0.0.0/8", c.Trusted()[0].String())
	require.Equal(t, "192.0.2.7/32", c.Trusted()[1].String())
	require.EqualValues(t, 45_000, c.Machine().InvitationTime)
	require.EqualValues(t, -1, c.Machine().Grace, "for ever")
	require.Equal(t, Limits{Connections: 10000, ConnectionsPerAddress: 100, ConnectionsPerAccount: 50, HTTPPerAddress: 500,
		LoginsPerSecond: 50, LoginBurst: 500, CommandsPerSecond: 10, CommandBurst: 200, CommandsPerAddress: 1000,
		PendingPerAccount: 1000, InvitationsPerMinute: 30, InvitationsPerCallee: 300}, c.Limits, "what is not set is as usual")
	require.EqualValues(t, 1000, c.Machine().Rung)
	require.Equal(t, []string{"45c6af3c98409b18a84451215d0bdd6e", "1400000000"}, c.Apps[0].Names())
	require.Equal(t, []string{"beta"}, c.Apps[1].Names())
	keys, err := c.Keys()
	require.NoError(t, err)
	require.Len(t, keys["acme"], 3)
	require.Len(t, keys["beta"], 1)
	helpers, err := c.Helpers()
	require.NoError(t, err)
	require.Len(t, helpers, 2)
	require.True(t, helpers[0].Open())
	require.Equal(t, 10*time.Minute, helpers[1].TTL)
	require.Equal(t, "shared-thirty-two-bytes-with-turn", string(helpers[1].Secret))
}

func TestNothingSaidIsRightForOneMachine(t *testing.T) {
	c, err := Load(Input{Env: noEnv})
	require.NoError(t, err)
	require.True(t, c.Dev())
	require.Equal(t, "127.0.0.1:8080", c.Addr)
	require.EqualValues(t, -1, c.Machine().Rung)
	require.Equal(t, Limits{}, c.Limits, "pages on the same machine are no strangers")
}

func TestFlagsOverrideTheEnvironmentWhichOverridesTheFile(t *testing.T) {
	file := write(t, "beckon.toml", "data = \"file\"\nlog = \"json\"\ngrace = \"1s\"\n")
	environment := env("BECKON_CONFIG", file, "BECKON_DATA", "environment", "BECKON_GRACE", "2s", "BECKON_ORIGINS", "a.example, b.example")
	c, err := Load(parse(t, environment, "-grace", "3s"))
	require.NoError(t, err)
	require.Equal(t, "json", c.Log)
	require.Equal(t, "environment", c.Data)
	require.Equal(t, 3*time.Second, time.Duration(c.Grace))
	require.Equal(t, []string{"a.example", "b.example"}, c.Origins)
}

func TestEnvironmentAloneDescribesAnApp(t *testing.T) {
	c, err := Load(Input{Env: env("BECKON_ADDR", "0.0.0.0:8080", "BECKON_SDK_APP_ID", "1400000000", "BECKON_APP_KEY", "k",
		"BECKON_USERSIG_SECRET", "u", "BECKON_NIM_SECRET", "n", "BECKON_JWT_SECRET", "a secret of at least thirty-two bytes")})
	require.NoError(t, err)
	require.Equal(t, "app", c.Apps[0].Name)
	require.Equal(t, []string{"k", "1400000000"}, c.Apps[0].Names())
	keys, err := c.Keys()
	require.NoError(t, err)
	require.Len(t, keys["app"], 3)
}

// Each mistake is named with its line and key, or with the flag or variable.
func TestMistakesAreNamed(t *testing.T) {
	app := "[[app]]\nname = \"a\"\n"
	for name, c := range map[string]struct {
		file string
		env  []string
		args []string
		want string
	}{
		"unknown key":           {"addr = \"127.0.0.1:1\"\ncolour = 1\n", nil, nil, "FILE:2: colour: there is no such key"},
		"unknown key of an app": {app + "[[app.jwt]]\nalgo = 1\n", nil, nil, "FILE:4: app.jwt.algo: there is no such key"},
		"unknown table":         {"\n[limit]\nx = 1\n", nil, nil, "FILE:2: limit: there is no such key"},
		"not TOML":              {"addr = \n", nil, nil, "FILE:1: "},
		"twice":                 {"log = \"text\"\nlog = \"json\"\n", nil, nil, "FILE:2: log: "},
		"wrong type":            {"\naddr = 8080\n", nil, nil, "FILE:2: addr: "},
		"no time span":          {"grace = \"soon\"\n", nil, nil, `FILE:1: grace: "soon" is no time span`},
		"wrong word":            {"\n\nsync = \"often\"\n", nil, nil, `FILE:3: sync: is "often", but takes always or interval`},
		"wrong word, flag":      {"sync = \"always\"\n", nil, []string{"-sync", "often"}, `-sync is "often", but takes always or interval`},
		"wrong word, variable":  {"", []string{"BECKON_SYNC", "often"}, nil, `BECKON_SYNC is "often", but takes always or interval`},
		"short invitation":      {"invitation = \"1ms\"\n", nil, nil, "FILE:1: invitation: is 1ms, but takes at least 1s"},
		"negative grace":        {"grace = \"-1s\"\n", nil, nil, "FILE:1: grace: is -1s, but takes at least 0s"},
		"no host:port":          {"addr = \"8080\"\n", nil, nil, `FILE:1: addr: is "8080", but takes host:port`},
		"dev mode for all":      {"addr = \"0.0.0.0:80\"\n", nil, nil, "FILE:1: addr: 0.0.0.0:80 can be reached from other machines"},
		"half of TLS":           {"[tls]\ncert = \"c\"\n", nil, nil, "FILE:2: tls.cert: cert and key of tls go together"},
		"files and authority":   {"[tls]\ncert = \"c\"\nkey = \"k\"\nacme_hosts = [\"a.example\"]\n", nil, nil, "FILE:4: tls.acme_hosts: does not go with tls.cert"},
		"wildcard of ACME":      {"[tls]\nacme_hosts = [\"*.example\"]\n", nil, nil, `FILE:2: tls.acme_hosts: has "*.example"`},
		"authority in clear":    {"[tls]\nacme_directory = \"http://a.example/dir\"\n", nil, nil, `FILE:2: tls.acme_directory: is "http://a.example/dir"`},
		"origin as URL":         {"origins = [\"https://a.example\"]\n", nil, nil, `FILE:1: origins: has "https://a.example"`},
		"proxy by name":         {"trusted_proxies = [\"proxy\"]\n", nil, nil, `FILE:1: trusted_proxies: has "proxy"`},
		"negative limit":        {"[limits]\n\nconnections = -1\n", nil, nil, "FILE:3: limits.connections: is -1"},
		"limit that is none":    {"[limits]\nconnections = 99999999999\n", nil, nil, "FILE:2: limits.connections: is 99999999999, but takes 2147483647"},
		"burst of nothing":      {"[limits]\ncommands_per_second = 5\ncommand_burst = 0\n", nil, nil, "FILE:3: limits.command_burst: is 0"},
		"app without a name":    {"\n[[app]]\n[[app.static]]\nfile = \"x\"\n", nil, nil, "FILE:2: app.name: is missing"},
		"odd name":              {"[[app]]\nname = \"a b\"\n", nil, nil, "FILE:2: app.name: takes 1 to 64 letters"},
		"name twice":            {app + app, nil, nil, `FILE:4: app.name: "a" is the name of another app`},
		"key twice": {app + "app_key = \"7\"\n[[app]]\nname = \"b\"\nsdk_app_id = 7\n", nil, nil,
			`FILE:4: app: pages would name it "7", which names the app "a" already`},
		"app without keys":        {app, nil, nil, "FILE:1: app: has no keys, so nobody could log in"},
		"usersig without an id":   {app + "[[app.usersig]]\nsecret = \"s\"\n", nil, nil, "FILE:3: app.usersig: takes the app's sdk_app_id"},
		"nim without an appKey":   {app + "[[app.nim]]\nsecret = \"s\"\n", nil, nil, "FILE:3: app.nim: takes the app's app_key"},
		"sdkAppId that is none":   {"", []string{"BECKON_SDK_APP_ID", "x"}, nil, "BECKON_SDK_APP_ID is no sdkAppId"},
		"app of the environment":  {"", []string{"BECKON_APP", "a"}, nil, "the app of the environment (BECKON_APP…) has no keys"},
		"short secret":            {app + "[[app.jwt]]\nalg = \"HS256\"\nsecret = \"hunter2\"\n", nil, nil, "FILE:3: app.jwt: an HS256 secret takes at least 32 bytes"},
		"alg none":                {app + "[[app.jwt]]\nalg = \"none\"\nsecret = \"a secret of at least thirty-two bytes\"\n", nil, nil, `FILE:3: app.jwt: a secret is for HS256, not for "none"`},
		"no secret":               {app + "[[app.jwt]]\nalg = \"HS256\"\n", nil, nil, "FILE:3: app.jwt: takes exactly one of secret, secret_file and secret_env"},
		"two secrets":             {app + "[[app.jwt]]\nalg = \"HS256\"\nsecret = \"x\"\nsecret_env = \"X\"\n", []string{"X", "y"}, nil, "FILE:3: app.jwt: takes exactly one of"},
		"secret and public key":   {app + "[[app.jwt]]\nsecret = \"x\"\npublic_key_file = \"y\"\n", nil, nil, "FILE:3: app.jwt: takes only one of"},
		"set in the clear":        {app + "[[app.jwt]]\njwks_url = \"http://login.example.org/keys\"\n", nil, nil, "FILE:4: app.jwt.jwks_url: takes an address that begins with https://"},
		"set and file":            {app + "[[app.jwt]]\njwks_url = \"https://a.example\"\njwks_file = \"x\"\n", nil, nil, "FILE:3: app.jwt: takes only one of"},
		"set for an algorithm":    {app + "[[app.jwt]]\njwks_url = \"https://a.example\"\nalg = \"EdDSA\"\n", nil, nil, "FILE:5: app.jwt.alg: goes without saying"},
		"empty variable":          {app + "[[app.jwt]]\nalg = \"HS256\"\nsecret_env = \"X\"\n", nil, nil, "FILE:5: app.jwt.secret_env: the environment has no X"},
		"file that is not there":  {app + "[[app.jwt]]\njwks_file = \"/nowhere/x\"\n", nil, nil, "FILE:4: app.jwt.jwks_file: cannot be read"},
		"ice without urls":        {"[[ice]]\n", nil, nil, "FILE:1: ice.urls: is missing"},
		"ice of another scheme":   {"[[ice]]\nurls = [\"http://a.example\"]\n", nil, nil, `FILE:2: ice.urls: has "http://a.example"`},
		"turn without a secret":   {"[[ice]]\nurls = [\"turn:a.example\"]\n", nil, nil, "FILE:1: ice: takes one of secret"},
		"stun with a secret":      {"[[ice]]\nurls = [\"stun:a.example\"]\nsecret = \"12345678\"\n", nil, nil, "FILE:1: ice: has credentials, which STUN"},
		"ttl of a password":       {"[[ice]]\nurls = [\"turn:a.example\"]\nusername = \"u\"\nsecret = \"12345678\"\nttl = \"1h\"\n", nil, nil, "FILE:5: ice.ttl: does not go with username"},
		"short ttl":               {"[[ice]]\nurls = [\"turn:a.example\"]\nsecret = \"12345678\"\nttl = \"1s\"\n", nil, nil, "FILE:4: ice.ttl: is 1s, but takes 1m to 24h"},
		"secret of ice elsewhere": {"[[ice]]\nurls = [\"turn:a.example\"]\nsecret_env = \"X\"\n", nil, nil, "FILE:3: ice.secret_env: the environment has no X"},
		"second key of the app":   {app + "[[app.jwt]]\nalg = \"HS256\"\nsecret = \"a secret of at least thirty-two bytes\"\n[[app.jwt]]\nalg = \"HS256\"\n", nil, nil, "FILE:6: app.jwt: takes exactly one"},
		"key within one line":     {"[[app]]\nname = \"a\"\njwt = [{ alg = \"HS256\", secret_env = \"X\" }]\n", nil, nil, "FILE:3: app.jwt.secret_env: the environment has no X"},
		"negative max_ttl":        {app + "app_key = \"k\"\n[[app.nim]]\nsecret = \"s\"\nmax_ttl = \"-1s\"\n", nil, nil, "FILE:6: app.nim.max_ttl: is less than nothing"},
		"static without a file":   {app + "[[app.static]]\n", nil, nil, "FILE:3: app.static.file: is missing"},
		"secret of another type":  {app + "[[app.jwt]]\nsecret = 12345678\n", nil, nil, "FILE:4: app.jwt.secret: takes text in quotes"},
		"secret in another's key": {app + "[[app.jwt]]\nsecret_txt = \"12345678\"\n", nil, nil, "FILE:4: app.jwt.secret_txt: "},
	} {
		t.Run(name, func(t *testing.T) {
			in := parse(t, env(c.env...), c.args...)
			if c.file != "" {
				in.File = write(t, "beckon.toml", c.file)
			}
			loaded, err := Load(in)
			if err == nil {
				_, err = loaded.Keys()
			}
			if err == nil {
				_, err = loaded.Helpers()
			}
			require.ErrorContains(t, err, strings.ReplaceAll(c.want, "FILE", in.File))
			for _, secret := range []string{"hunter2", "12345678"} {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}
}

// What was fetched is not lost when settings are read anew.
func TestSetAtAURLStaysTheSame(t *testing.T) {
	in := Input{File: write(t, "c", "[[app]]\nname = \"a\"\n[[app.jwt]]\njwks_url = \"https://login.example.org/keys?key=12345678\"\nissuer = \"i\"\n"), Env: noEnv, Remotes: &Remotes{}}
	sets := map[*auth.Remote]bool{}
	for range 2 {
		c, err := Load(in)
		require.NoError(t, err)
		keys, err := c.Keys()
		require.NoError(t, err)
		key := keys["a"][0].(*auth.RemoteJWT)
		require.Equal(t, "i", key.Issuer)
		sets[key.Set] = true
	}
	require.Len(t, sets, 1)
	require.Len(t, in.Remotes.All(), 1)
	require.Equal(t, "login.example.org/keys", in.Remotes.All()[0].Name(), "in logs, without what may be a secret")
}

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	_, err := Load(Input{File: write(t, "c", "log = \"x\"\nsync = \"y\"\n"), Env: noEnv, Flags: map[string]string{"journal": "z"}})
	require.Equal(t, 3, len(strings.Split(err.Error(), "\n")))
}

func TestFileThatIsNotThere(t *testing.T) {
	_, err := Load(Input{File: "/nowhere/beckon.toml", Env: noEnv})
	require.ErrorContains(t, err, "cannot read the configuration: open /nowhere/beckon.toml")
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	c, err := Load(Input{File: write(t, "c", whole), Env: env("ACME_USERSIG", "s")})
	require.NoError(t, err)
	asJSON, err := json.Marshal(c)
	require.NoError(t, err)
	for _, text := range []string{fmt.Sprint(c), fmt.Sprintf("%v %+v %#v", *c, *c, c.Apps), string(asJSON)} {
		require.NotContains(t, text, "thirty-two")
		require.NotContains(t, text, "0c1c1ef9bb2a")
	}
	require.Equal(t, "(secret)", Secret("x").LogValue().String())
}

func TestStaticTokensAreLines(t *testing.T) {
	tokens := write(t, "tokens", "# who: what\nada adas-token\n\nbob sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\n")
	c, err := Load(Input{File: write(t, "c", "[[app]]\nname = \"a\"\n[[app.static]]\nfile = \""+tokens+"\"\n"), Env: noEnv})
	require.NoError(t, err)
	keys, err := c.Keys()
	require.NoError(t, err)
	require.Equal(t, []string{c.File, tokens}, c.Files())
	for account, token := range map[string]string{"ada": "adas-token", "bob": "foo"} {
		_, err := keys["a"].Check(time.Now(), account, token)
		require.NoError(t, err, account)
		_, err = keys["a"].Check(time.Now(), "carol", token)
		require.Error(t, err)
	}
	for text, want := range map[string]string{"\nada\n": ":2 does not have an account and a token", "ada sha256:00": ":1 has a hash that is no SHA-256"} {
		require.NoError(t, os.WriteFile(tokens, []byte(text), 0o600))
		_, err := c.Keys()
		require.ErrorContains(t, err, want)
	}
}
