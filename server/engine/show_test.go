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
		if e.By != "" {
			return fmt.Sprintf("left: %s by %s", e.Account, e.By)
		}
		return "left: " + e.Account
	case *wire.Closed:
		return "closed by " + e.By
	case *wire.Invited:
		if e.Channel.Kind == "room" {
			return fmt.Sprintf("rung by %s: %s", e.Inviter, strings.Join(e.Invitees, " "))
		}
		return fmt.Sprintf("invited by %s %s", e.Inviter, e.RequestID)
	case *wire.Ended:
		line := e.Outcome
		if e.Channel.Kind == "room" {
			return line + by(e.By) + ": " + showKeys(e.Invitations)
		}
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
	case *wire.Unlisted:
		return "unlisted: " + showKeys(e.Invitations)
	case *wire.MemberChanged:
		return fmt.Sprintf("member %s by %s: %q %q", e.Member.Account, e.By, e.Member.Role, e.Member.Card)
	case *wire.RoomChanged:
		return fmt.Sprintf("room by %s: %q %q", e.By, e.Title, e.Password)
	case *wire.ProfileChanged:
		return fmt.Sprintf("profile of %s: %q", e.User.Account, e.User.Name)
	}
	return "?"
}

func showKeys(keys []wire.Key) string {
	var list []string
	for _, k := range keys {
		list = append(list, k.Inviter+">"+k.Invitee)
	}
	return strings.Join(list, " ")
}

// showList writes a list of invitations as inviter>invitee state.
func showList(list []wire.Listed) []string {
	shown := []string{}
	for _, i := range list {
		shown = append(shown, strings.TrimSpace(i.Inviter+">"+i.Invitee+" "+i.State))
	}
	return shown
}

func by(account string) string {
	if account == "" {
		return ""
	}
	return " by " + account
}
