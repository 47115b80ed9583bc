// Package soak wears relays out, as real processes on real sockets and a real
// disk: they are killed, with a torn last record or without; paused; their disk
// fills up or turns slow; links are cut; and they die amid snapshots and purges, of
// which there are some after two minutes. All the while pairs of accounts ring and
// answer each other, and several devices try to end each invitation at once.
// Then an auditor reads each journal, and compares it with all that every device
// was told and answered.
//
//	make soak SOAK=10m
//
// The tests here are a moment of that.
package soak
