//go:build !js

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/acme"
)

// authority is as much of an ACME server (RFC 8555) as one order takes. It gives a certificate to who proves at
// the relay's address that the name is theirs (tls-alpn-01, RFC 8737).
type authority struct {
	t     *testing.T
	http  *httptest.Server
	key   *ecdsa.PrivateKey
	cert  *x509.Certificate
	relay func() string // where it is, host:port

	mu      sync.Mutex
	account *ecdsa.PublicKey
	host    string
	proven  bool
	issued  []byte // PEM
	orders  int
}

const challengeToken = "a-token-of-the-authoritys"

func startAuthority(t *testing.T, relay func() string) *authority {
	a := &authority{t: t, relay: relay}
	a.cert, a.key = makeAuthority(t)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /directory", func(w http.ResponseWriter, _ *http.Request) {
		a.answer(w, http.StatusOK, map[string]any{"newNonce": a.at("/nonce"), "newAccount": a.at("/account"), "newOrder": a.at("/order")})
	})
	mux.HandleFunc("/nonce", func(w http.ResponseWriter, _ *http.Request) { a.answer(w, http.StatusOK, nil) })
	for path, handle := range map[string]func(payload []byte) (int, any){
		"/account": func([]byte) (int, any) { return http.StatusCreated, map[string]any{"status": "valid"} },
		"/order":   a.newOrder, "/order/1": a.showOrder, "/authorization": a.showAuthorization,
		"/challenge": a.prove, "/finalize": a.finalize,
	} {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			a.mu.Lock()
			defer a.mu.Unlock()
			payload := a.open(r)
			status, body := handle(payload)
			w.Header().Set("Location", a.at("/order/1"))
			if path == "/account" {
				w.Header().Set("Location", a.at("/account/1"))
			}
			a.answer(w, status, body)
		})
	}
	mux.HandleFunc("POST /certificate", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Replay-Nonce", rand.Text())
		w.Header().Set("Content-Type", "application/pem-certificate-chain")
		w.Write(a.issued)
	})
	a.http = httptest.NewServer(mux)
	t.Cleanup(a.http.Close)
	return a
}

func makeAuthority(t *testing.T) (*x509.Certificate, *ecdsa.PrivateKey) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return cert, key
}

func (a *authority) at(path string) string { return a.http.URL + path }

func (a *authority) answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Replay-Nonce", rand.Text())
	w.WriteHeader(status)
	if body != nil {
		json.NewEncoder(w).Encode(body)
	}
}

// open returns what a signed request says, and notes whose account it is.
func (a *authority) open(r *http.Request) []byte {
	var jws struct{ Protected, Payload string }
	if json.NewDecoder(r.Body).Decode(&jws) != nil {
		return nil
	}
	header, _ := base64.RawURLEncoding.DecodeString(jws.Protected)
	var protected struct {
		JWK *struct{ X, Y string } `json:"jwk"`
	}
	if json.Unmarshal(header, &protected) == nil && protected.JWK != nil {
		x, _ := base64.RawURLEncoding.DecodeString(protected.JWK.X)
		y, _ := base64.RawURLEncoding.DecodeString(protected.JWK.Y)
		a.account, _ = ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	}
	payload, _ := base64.RawURLEncoding.DecodeString(jws.Payload)
	return payload
}

func (a *authority) newOrder(payload []byte) (int, any) {
	var order struct{ Identifiers []struct{ Value string } }
	if json.Unmarshal(payload, &order) != nil || len(order.Identifiers) != 1 {
		return http.StatusBadRequest, nil
	}
	a.host, a.proven, a.issued = order.Identifiers[0].Value, false, nil
	a.orders++
	return http.StatusCreated, a.order()
}

func (a *authority) showOrder([]byte) (int, any) { return http.StatusOK, a.order() }

func (a *authority) order() map[string]any {
	order := map[string]any{"status": "pending", "identifiers": []any{map[string]any{"type": "dns", "value": a.host}},
		"authorizations": []string{a.at("/authorization")}, "finalize": a.at("/finalize")}
	switch {
	case a.issued != nil:
		order["status"], order["certificate"] = "valid", a.at("/certificate")
	case a.proven:
		order["status"] = "ready"
	}
	return order
}

func (a *authority) status() string {
	if a.proven {
		return "valid"
	}
	return "pending"
}

func (a *authority) challenge() map[string]any {
	return map[string]any{"type": "tls-alpn-01", "url": a.at("/challenge"), "token": challengeToken, "status": a.status()}
}

func (a *authority) showAuthorization([]byte) (int, any) {
	return http.StatusOK, map[string]any{"status": a.status(), "identifier": map[string]any{"type": "dns", "value": a.host}, "challenges": []any{a.challenge()}}
}

// prove connects to the relay as the name that is asked for, and looks for the account's mark in what it shows.
func (a *authority) prove([]byte) (int, any) {
	conn, err := tls.Dial("tcp", a.relay(), &tls.Config{ServerName: a.host, NextProtos: []string{acme.ALPNProto}, InsecureSkipVerify: true})
	if err == nil {
		defer conn.Close()
		err = a.marked(conn.ConnectionState().PeerCertificates[0])
	}
	if err != nil {
		a.t.Logf("not proven: %v", err)
		return http.StatusForbidden, nil
	}
	a.proven = true
	return http.StatusOK, a.challenge()
}

func (a *authority) marked(cert *x509.Certificate) error {
	print, err := acme.JWKThumbprint(a.account)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(challengeToken + "." + print))
	want, err := asn1.Marshal(sum[:])
	if err != nil {
		return err
	}
	for _, e := range cert.Extensions {
		if e.Id.Equal(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 31}) && string(e.Value) == string(want) {
			return cert.VerifyHostname(a.host)
		}
	}
	return errors.New("the mark is missing")
}

func (a *authority) finalize(payload []byte) (int, any) {
	var request struct{ CSR string }
	json.Unmarshal(payload, &request)
	der, _ := base64.RawURLEncoding.DecodeString(request.CSR)
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil || !a.proven || len(csr.DNSNames) != 1 || csr.DNSNames[0] != a.host {
		return http.StatusForbidden, nil
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), DNSNames: csr.DNSNames,
		NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(90 * 24 * time.Hour), KeyUsage: x509.KeyUsageDigitalSignature}
	leaf, err := x509.CreateCertificate(rand.Reader, template, a.cert, csr.PublicKey, a.key)
	if err != nil {
		return http.StatusInternalServerError, nil
	}
	var chain strings.Builder
	for _, der := range [][]byte{leaf, a.cert.Raw} {
		pem.Encode(&chain, &pem.Block{Type: "CERTIFICATE", Bytes: der})
	}
	a.issued = []byte(chain.String())
	return http.StatusOK, a.order()
}

func TestCertificateComesFromAnAuthority(t *testing.T) {
	var addr atomic.Value // of the relay
	a := startAuthority(t, func() string { return addr.Load().(string) })
	data := t.TempDir()
	args := []string{"-tls-acme-hosts", "relay.example.org", "-tls-acme-directory", a.at("/directory")}
	p := start(t, "127.0.0.1:0", data, args...)
	addr.Store(p.addr)
	roots := x509.NewCertPool()
	roots.AddCert(a.cert)
	reach := func(name string) error {
		conn, err := tls.Dial("tcp", p.addr, &tls.Config{ServerName: name, RootCAs: roots})
		if err == nil {
			conn.Close()
		}
		return err
	}
	require.NoError(t, reach("relay.example.org"), p.log)
	require.Error(t, reach("evil.example.org"), "no certificate is asked for in others' names")

	p.cmd.Process.Kill()
	p.cmd.Wait()
	p = start(t, "127.0.0.1:0", data, args...)
	require.NoError(t, reach("relay.example.org"))
	a.mu.Lock()
	defer a.mu.Unlock()
	require.Equal(t, 1, a.orders, "it is kept over a restart")
}
