package tui

import "beckon/core/wire"

func (r *Request) self(*wire.Outcome) []byte { return selfInfo(r.x.account, &r.x.self) }

func (r *Request) room(out *wire.Outcome) []byte {
	if out.Channel == nil { // from a relay that does not show it
		out.Channel = &wire.Channel{ID: r.options.text[pRoomID] + r.options.text[pAnyRoomID]}
	}
	return r.x.info(out.Channel, nil)
}

// usersAPage is how many users getUserList shows at the most.
const usersAPage = 50

// users shows the members behind the one that the page before ended with. So
// nobody is shown twice or left out when others come and go meanwhile.
func (r *Request) users(*wire.Outcome) []byte {
	room, after, next := r.x.room, r.options.number[pSequence], int64(0)
	var page []member
	for _, m := range room.members {
		switch {
		case m.number <= after:
		case len(page) < usersAPage:
			page = append(page, m)
		default:
			next = page[usersAPage-1].number
		}
	}
	var o object
	o.raw("userInfoList", array(page, func(m *member) []byte { return userInfo(&room.Channel, &m.Member) }))
	o.number("nextSequence", next)
	return o.end()
}

func (r *Request) user(*wire.Outcome) []byte {
	return userInfo(&r.x.room.Channel, &r.x.room.member(r.options.text[pUserID]).Member)
}

// The vendor's TUIInvitationCode.
const (
	codeInvited = 0
	codePending = 1
	codeInside  = 2
)

// codes says what became of each user (T5).
func (r *Request) codes(out *wire.Outcome) []byte {
	codes := map[string]int64{}
	for _, user := range out.Pending {
		codes[user] = codePending
	}
	for _, user := range out.Inside {
		codes[user] = codeInside
	}
	var o object
	for _, user := range r.options.users {
		o.number(user, codes[user]) // codeInvited, if nothing is said
	}
	return o.end()
}

func (r *Request) listed(out *wire.Outcome) []byte {
	room := &wire.Channel{ID: r.options.text[pConference]}
	var o object
	o.raw("invitationList", array(out.Invitations, func(i *wire.Listed) []byte { return r.x.invitation(room, i, status(i.State)) }))
	o.text("cursor", out.Next)
	return o.end()
}
