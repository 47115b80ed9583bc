package engine

import (
	"fmt"
	"strings"

	"beckon/core/wire"
)

// show writes a frame as a line that a test can expect.
func show(f wire.Frame) string {
	switch f := f.(type) {
	case *wire.Welcome:
		return "welcome" + showWelcome(f)
	case *wire.Reply:
		return "reply " + showReply(f)
	case *wire.Notice:
		return showEvent(f.Event)
	}
	return f.FrameType()
}

func showWelcome(w *wire.Welcome) string {
	var b strings.Builder
	if w.Resumed {
		fmt.Fprintf(&b, ", %d missed", w.Replay)
	} else {
		b.WriteString(", fresh")
	}
	for _, a := range w.Answers {
		fmt.Fprintf(&b, ", answer %s", showReply(&a))
	}
	for _, c := range w.Channels {
		b.WriteString(", in a channel with")
		for _, m := range c.Members {
			b.WriteString(" " + m.Account)
		}
	}
	for _, i := range w.Invitations {
		if i.Silent {
			continue
		}
		fmt.Fprintf(&b, ", rung by %s %s", i.Inviter, i.RequestID)
	}
	return b.String()
}

func showReply(r *wire.Reply) string {
	if r.Error != nil {
		return strings.TrimSpace(fmt.Sprintf("%d: %s %s", r.N, r.Error.Code, r.Error.Field))
	}
	return strings.TrimSpace(fmt.Sprintf("%d: ok %s", r.N, r.OK.Reach))
}

func showEvent(e wire.Event) string {
	switch e := e.(type) {
	case *wire.Joined:
		return "joined: " + e.Member.Account
	case *wire.Left:
		return "left: " + e.Account
	case *wire.Closed:
		return "closed by " + e.By
	case *wire.Invited:
		return fmt.Sprintf("invited by %s %s", e.Inviter, e.RequestID)
	case *wire.Ended:
		line := e.Outcome
		for _, k := range e.Invitations {
			line += " " + k.RequestID
		}
		if e.By != "" {
			line += " by " + e.By
		}
		return line
	case *wire.Controlled:
		return fmt.Sprintf("control by %s: %s", e.By, e.Attach)
	case *wire.Messaged:
		return fmt.Sprintf("message by %s: %s", e.By, e.Attach)
	}
	return "?"
}
