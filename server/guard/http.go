package guard

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
)

// ConnState is for an [http.Server]: it counts the connections of an address
// until they become sockets or end, and cuts off an address that has far too many.
// Proxies, who speak for many, may have any number.
func (g *Guard) ConnState(conn net.Conn, state http.ConnState) {
	from, ok := g.peer(conn.RemoteAddr().String())
	if !ok {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	switch state {
	case http.StateNew:
		g.waiting++
		n := g.http.enter(from, g.now()).sockets
		if most := g.limits.HTTPPerAddress; most > 0 && n > hard*most {
			g.reached[httpPerAddress]++
			if secure, ok := conn.(*tls.Conn); ok {
				conn = secure.NetConn() // without a goodbye, for which it would have to shake hands
			}
			conn.Close()
		}
	case http.StateHijacked, http.StateClosed:
		g.waiting--
		g.http.leave(from, g.now())
	}
}

// Calm answers those whose address has too many connections with 429, and closes
// theirs; others get to next.
func (g *Guard) Calm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if g.crowded(req) {
			w.Header().Set("Connection", "close")
			w.Header().Set("Retry-After", "5")
			http.Error(w, said[httpPerAddress], http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, req)
	})
}

func (g *Guard) crowded(req *http.Request) bool {
	from, ok := g.peer(req.RemoteAddr)
	if !ok {
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	over := g.limits.HTTPPerAddress > 0 && g.http.sockets(from) > g.limits.HTTPPerAddress
	if over {
		g.reached[httpPerAddress]++
	}
	return over
}

// peer is who has a connection; false for a proxy.
func (g *Guard) peer(address string) (netip.Prefix, bool) {
	at, err := netip.ParseAddrPort(address)
	if err != nil || contains(g.trusted, at.Addr().Unmap()) {
		return netip.Prefix{}, false
	}
	return group(at.Addr().Unmap()), true
}
