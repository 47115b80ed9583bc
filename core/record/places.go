package record

// places are what events are read into, one of each kind: it has been turned into
// a [core.Event] when the next comes.
type places struct {
	created        *created
	joined         *joined
	left           *left
	closed         *closed
	renewed        *renewed
	invited        *invited
	ended          *ended
	controlled     *controlled
	messaged       *messaged
	unlisted       *unlisted
	memberChanged  *memberChanged
	roomChanged    *roomChanged
	profileChanged *profileChanged
	markedRead     *markedRead
	linkLost       *linkLost
	linkBack       *linkBack
	linksLost      *linksLost
	answered       *answered
}

// of is the place for an event of a kind, all zero; nil if the kind is not known.
func (p *places) of(kind string) storedEvent {
	switch kind {
	case "created":
		return zero(&p.created)
	case "joined":
		return zero(&p.joined)
	case "left":
		return zero(&p.left)
	case "closed":
		return zero(&p.closed)
	case "renewed":
		return zero(&p.renewed)
	case "invited":
		return zero(&p.invited)
	case "ended":
		return zero(&p.ended)
	case "controlled":
		return zero(&p.controlled)
	case "messaged":
		return zero(&p.messaged)
	case "unlisted":
		return zero(&p.unlisted)
	case "memberChanged":
		return zero(&p.memberChanged)
	case "roomChanged":
		return zero(&p.roomChanged)
	case "profileChanged":
		return zero(&p.profileChanged)
	case "markedRead":
		return zero(&p.markedRead)
	case "linkLost":
		return zero(&p.linkLost)
	case "linkBack":
		return zero(&p.linkBack)
	case "linksLost":
		return zero(&p.linksLost)
	case "answered":
		return zero(&p.answered)
	}
	return nil
}

func zero[T any](place **T) *T {
	if *place == nil {
		*place = new(T)
	} else {
		**place = *new(T)
	}
	return *place
}
