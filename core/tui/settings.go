package tui

import (
	"beckon/core/codec"
	"beckon/core/wire"
)

// settings are what a room keeps for its pages: nobody else reads them. They
// travel as JSON text, the room's ext.
type settings struct {
	seats, ownerSeat                  bool
	seatMode, maxSeats                int64
	noCamera, noMic, noText, noScreen bool
}

func (s *settings) Fields(v *codec.Visitor) {
	v.Bool("isSeatEnabled", &s.seats)
	v.Int("seatMode", &s.seatMode)
	v.Int("maxSeatCount", &s.maxSeats)
	v.Bool("keepOwnerOnSeat", &s.ownerSeat)
	v.Bool("isCameraDisableForAllUser", &s.noCamera)
	v.Bool("isMicrophoneDisableForAllUser", &s.noMic)
	v.Bool("isMessageDisableForAllUser", &s.noText)
	v.Bool("isScreenShareDisableForAllUser", &s.noScreen)
}

// settingsOf reads a room's. The ext of a channel of the other dialect, and one
// that is not ours, says nothing.
func settingsOf(c *wire.Channel) settings {
	var s settings
	if c.Kind != kindCall && codec.Decode([]byte(c.Ext), &s) != nil {
		s = settings{}
	}
	if s.seatMode == 0 {
		s.seatMode = 1
	}
	return s
}
