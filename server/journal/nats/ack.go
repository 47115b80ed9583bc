package nats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	natsgo "github.com/nats-io/nats.go"

	"beckon/server/journal"
)

// What the server says when Nats-Expected-Last-Sequence is not the last one. The second comes from a cluster while
// another append is on its way.
const (
	wrongLastSequence         = 10071
	wrongLastSequenceConstant = 10164
)

// acknowledged reads the server's reply.
func acknowledged(reply *natsgo.Msg, after uint64) (uint64, error) {
	if seq, ok := plainAck(reply.Data); ok && seq == after+1 {
		return seq, nil
	}
	if len(reply.Data) == 0 && reply.Header.Get("Status") == "503" {
		return 0, fmt.Errorf("journal/nats: append after %d: no stream leader answers", after)
	}
	var ack struct {
		Seq   uint64 `json:"seq"`
		Error *struct {
			ErrCode     int    `json:"err_code"`
			Description string `json:"description"`
		} `json:"error"`
	}
	if err := json.Unmarshal(reply.Data, &ack); err != nil {
		return 0, ambiguous(after, err)
	}
	switch {
	case ack.Error == nil && ack.Seq == after+1:
		return ack.Seq, nil
	case ack.Error == nil:
		return 0, ambiguous(after, fmt.Errorf("acknowledged as %d", ack.Seq))
	case ack.Error.ErrCode == wrongLastSequence, ack.Error.ErrCode == wrongLastSequenceConstant:
		return 0, fmt.Errorf("%w: append after %d: %s", journal.ErrConflict, after, ack.Error.Description)
	default:
		return 0, fmt.Errorf("journal/nats: append after %d refused: %s (%d)", after, ack.Error.Description, ack.Error.ErrCode)
	}
}

// plainAck reads the reply that nearly always comes, {"stream":"NAME","seq":7}: encoding/json takes longer for it than
// all else that is done here. False: it says something else.
func plainAck(data []byte) (seq uint64, ok bool) {
	name, digits, _ := bytes.Cut(data, []byte(`","seq":`))
	name, isPlain := bytes.CutPrefix(name, []byte(`{"stream":"`))
	digits, ends := bytes.CutSuffix(digits, []byte(`}`))
	if !isPlain || !ends || bytes.IndexByte(name, '"') >= 0 {
		return 0, false
	}
	seq, err := strconv.ParseUint(string(digits), 10, 64)
	return seq, err == nil
}
