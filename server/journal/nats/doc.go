// Package nats keeps journals in NATS JetStream: embedded in this process ([Start]) or on a cluster outside
// ([Open] with a Dial of your own). The Journal is the same in both.
//
//	server, err := nats.Start(nats.Options{Dir: "/var/lib/beckon"})
//	log, err := server.Open(ctx, "my-app")
//	…
//	err = server.Close() // closes the journals too, and waits
//
// # Streams
//
// An app has two streams, named from it: beckon-journal-APP, whose sequences are the journal's, and
// beckon-snapshot-APP. Records are only ever appended: on a file stream atomic batches cost milliseconds, and
// acknowledged deletes (purges, rollups, cancelled schedules) can come back after kill -9. Only superseded snapshots
// are purged, and records that no snapshot needs any more; one that comes back does no harm.
//
// An append is one message with Nats-Expected-Last-Sequence, so it is a compare-and-set wherever the stream lies.
// Reads go through the stream's leader, or through a consumer up to the end that the leader named: Direct Get is
// answered by any replica, and was stale one time in five on three nodes.
//
// # Durability
//
// Embedded with [SyncAlways] each record is synced to the disk before Append returns: it survives kill -9 and power
// loss. With [SyncInterval] it survives kill -9, and power loss takes what was appended in the last interval.
//
// # Backups
//
// Copy the whole folder while the relay is stopped. A copy put in its place gets a new [Journal.ID] by itself. A
// volume rolled back underneath the folder looks untouched: remove its file "lock" then, and the ID changes too.
package nats
