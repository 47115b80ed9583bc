package metrics

import (
	"strconv"

	"beckon/core/wire"
)

// A family is metrics of one name.
type family struct {
	name, help string
	kind       string // counter, gauge or histogram
	labels     []string
}

// families are all, in the order in which they are written.
var families []*family

func define(kind, name, help string, labels ...string) *family {
	f := &family{name, help, kind, labels}
	families = append(families, f)
	return f
}

func gauge(name, help string, labels ...string) *family {
	return define("gauge", "beckon_"+name, help, labels...)
}

func counter(name, help string, labels ...string) *family {
	return define("counter", "beckon_"+name, help, labels...)
}

// Of the relay.
var (
	buildInfo          = gauge("build_info", "What runs.", "release", "commit", "go_version")
	readyNow           = gauge("ready", "Whether the relay would answer /readyz with 200.")
	connections        = gauge("connections", "Sockets that are open.")
	connectionsClosed  = counter("connections_closed_total", "Sockets that are not open any more, by the close code that the relay gave; none: the other side ended it.", "code")
	waitingBytes       = gauge("waiting_bytes", "What waits for devices that read slowly; what fits a buffer is not counted.")
	connectionsRefused = counter("connections_refused_total", "Sockets that were not opened, since their address had far too many.")
	loginsRefused      = counter("logins_refused_total", "Hellos that were refused, by the reason.", "reason")
	commandsHeldBack   = counter("commands_held_back_total", "Commands that were answered busy by a limit.")
	limitsReached      = counter("limits_reached_total", "How often somebody was held back by a limit.", "limit")
	httpConnections    = gauge("http_connections", "Connections of web browsers and others that are no sockets, but for those of trusted proxies.")
	keySetKeys         = gauge("key_set_keys", "Keys in a set at a URL, as it was fetched last.", "set")
	keySetTime         = gauge("key_set_fetched_timestamp_seconds", "When the set was fetched last, in seconds since 1970.", "set")
	keySetFetches      = counter("key_set_fetches_total", "Tries to fetch a set at a URL, by how they ended: done or failed.", "set", "outcome")
)

// Of an app.
var (
	commands        = counter("commands_total", "Commands by how they ended: done, refused, or shown if they only read.", "app", "command", "outcome")
	refusals        = counter("refusals_total", "Commands that were refused, by the reason.", "app", "reason")
	noticeLag       = histogram("notice_lag_seconds", "Time from a command's arrival to the moment when its answer and its notices were on their way.")
	groupSize       = histogram("group_commands", "Commands and other tasks that were answered together.")
	framesQueued    = counter("frames_total", "Answers, welcomes and notices that were put on their way.", "app")
	queueBytes      = gauge("queue_bytes", "Size of the commands that wait for their turn.", "app")
	queueCommands   = gauge("queue_commands", "Commands that wait for their turn.", "app")
	journalAppend   = histogram("journal_append_seconds", "Time that the journal took to store a record.")
	journalFailures = counter("journal_append_failures_total", "Tries to store a record that failed.", "app")
	journalWritten  = counter("journal_written_bytes_total", "Size of the records that were stored.", "app")
	journalLast     = gauge("journal_last_record", "Number of the last record.", "app")
	snapshotTime    = gauge("snapshot_timestamp_seconds", "When the state was so that the last snapshot holds, in seconds since 1970.", "app")
	snapshotBytes   = gauge("snapshot_bytes", "Size of the last snapshot that was saved since the start.", "app")
	snapshotBehind  = gauge("snapshot_behind_bytes", "Size of the records that a restart replays behind the last snapshot, about.", "app")
	snapshots       = counter("snapshots_total", "Snapshots since the start, by how they ended: saved or failed.", "app", "outcome")
	bans            = gauge("bans", "Accounts and devices that an operator keeps out.", "app")
	channels        = gauge("channels", "Channels that are live.", "app")
	accounts        = gauge("accounts", "Accounts that the app holds something of.", "app")
	pending         = gauge("invitations_pending", "Invitations that ring.", "app")
	inbox           = gauge("inbox_notices", "Notices in all inboxes.", "app")
	inboxLost       = counter("inbox_lost_total", "Notices that left an inbox unread: old ones, and those that a full inbox had no room for.", "app", "reason")
)

func histogram(name, help string) *family { return define("histogram", "beckon_"+name, help, "app") }

func closeName(code wire.CloseCode) string {
	if code == 0 {
		return "none"
	}
	return strconv.Itoa(int(code))
}
