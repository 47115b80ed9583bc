package guard

import (
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAddressOfTheClient(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, c := range map[string]struct {
		peer    string
		forward []string
		want    string
	}{
		"no proxy":                        {"192.0.2.1:1", nil, "192.0.2.1"},
		"a stranger's header":             {"192.0.2.1:1", []string{"198.51.100.9"}, "192.0.2.1"},
		"a proxy":                         {"10.0.0.1:1", []string{"198.51.100.9"}, "198.51.100.9"},
		"what the client has made up":     {"10.0.0.1:1", []string{"203.0.113.5, 198.51.100.9"}, "198.51.100.9"},
		"in two lines":                    {"10.0.0.1:1", []string{"203.0.113.5", "198.51.100.9"}, "198.51.100.9"},
		"two proxies":                     {"10.0.0.1:1", []string{"198.51.100.9, 10.2.3.4"}, "198.51.100.9"},
		"nothing but proxies":             {"10.0.0.1:1", []string{"10.2.3.4"}, "10.2.3.4"},
		"a proxy that says nothing":       {"10.0.0.1:1", nil, "10.0.0.1"},
		"a proxy that says nothing clear": {"10.0.0.1:1", []string{"198.51.100.9, unknown"}, "10.0.0.1"},
		"IPv6":                            {"[2001:db8::7]:1", nil, "2001:db8::7"},
		"a proxy on IPv6":                 {"[fd00::1]:1", []string{"2001:db8::7"}, "2001:db8::7"},
		"IPv4 in IPv6":                    {"[::ffff:10.0.0.1]:1", []string{"::ffff:198.51.100.9"}, "198.51.100.9"},
		"no address":                      {"@", []string{"198.51.100.9"}, "invalid IP"},
	} {
		req := httptest.NewRequest("GET", "/", nil)
		req.RemoteAddr = c.peer
		for _, f := range c.forward {
			req.Header.Add("X-Forwarded-For", f)
		}
		require.Equal(t, c.want, Address(req, trusted).String(), name)
	}
}

func TestNetworkOfAHouseholdIsOneAddress(t *testing.T) {
	require.Equal(t, group(netip.MustParseAddr("2001:db8::1")), group(netip.MustParseAddr("2001:db8::ffff:2%eth0")))
	require.NotEqual(t, group(netip.MustParseAddr("2001:db8::1")), group(netip.MustParseAddr("2001:db8:0:1::1")))
	require.NotEqual(t, group(netip.MustParseAddr("192.0.2.1")), group(netip.MustParseAddr("192.0.2.2")))
	require.Equal(t, group(netip.Addr{}), group(netip.Addr{}))
}
