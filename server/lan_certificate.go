package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"strings"
	"time"
)

// selfSignedFor is how long the certificate of LAN mode is good: more than such a
// relay runs, and less than what phones refuse.
const selfSignedFor = 7 * 24 * time.Hour

// selfSigned makes a certificate for addresses. Its key is only in memory.
func selfSigned(hosts []net.IP, now time.Time) (*certificates, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "Beckon on " + hosts[0].String()},
		NotBefore:    now.Add(-time.Hour), // clocks of phones differ
		NotAfter:     now.Add(selfSignedFor),
		IPAddresses:  hosts,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},

		BasicConstraintsValid: true, // and so it signs no others
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	c := &certificates{own: true}
	c.now.Store(&tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key})
	return c, nil
}

// fingerprint is how a browser's warning shows a certificate.
func (c *certificates) fingerprint() string {
	sum := sha256.Sum256(c.now.Load().Certificate[0])
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}
