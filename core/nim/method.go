package nim

import (
	"beckon/core/codec"
	"beckon/core/wire"
)

// A Method is one call of the vendor's SDK.
type Method struct {
	Name     string   // the vendor's name; an error's cmd is the same
	Packet   string   // its number in the vendor's error texts; empty where the vendor makes it of several
	Required []string // parameters that must be there, in the order in which they are looked for
	Codes    []int    // what it rejects with, beside 10414 and the general codes

	read    func(*options, *codec.Visitor) // visits the parameters
	order   func(*options) wire.Order
	members bool  // the result shows them
	joins   bool  // the result tells the caller's nertc parameters too
	reach   reach // what it means that the other account was not reached
}

// reach is what a method makes of an account that could not be reached. What
// was asked has happened in any case.
type reach uint8

const (
	reachIgnored reach = iota // resolves
	reachRejects              // rejects with 10201 or 10202
	reachStatus               // resolves, with the code as callStatus
	reachDone                 // resolves, with callStatus 200 (N5)
)

var (
	channelParams    = []string{"channelId"}
	invitationParams = []string{"channelId", "requestId", "account"}
)

// Methods lists the calls of this dialect.
var Methods = []Method{
	{Name: "signalingCreate", Packet: "15_1", Required: []string{"type"}, Codes: []int{10405},
		read: (*options).readChannel, order: (*options).create},
	{Name: "signalingJoin", Packet: "15_4", Required: channelParams, Codes: []int{10404, 10407, 10417, 10419, 10420},
		read: (*options).readJoin, order: (*options).join, members: true, joins: true},
	{Name: "signalingLeave", Packet: "15_5", Required: channelParams, Codes: []int{10404, 10406},
		read: (*options).readInChannel, order: (*options).leave},
	{Name: "signalingClose", Packet: "15_3", Required: channelParams, Codes: []int{10404, 10406},
		read: (*options).readInChannel, order: (*options).close},
	{Name: "signalingInvite", Packet: "15_6", Required: invitationParams,
		Codes: []int{10404, 10406, 10407, 10419, 10201, 10202},
		read:  (*options).readInvite, order: (*options).invite, members: true, reach: reachRejects},
	{Name: "signalingCancel", Packet: "15_7", Required: invitationParams, Codes: []int{10404, 10408, 10409, 10410},
		read: (*options).readAnswer, order: (*options).cancel, members: true},
	{Name: "signalingReject", Packet: "15_8", Required: invitationParams,
		Codes: []int{10404, 10408, 10409, 10410, 10201},
		read:  (*options).readAnswer, order: (*options).reject, members: true, reach: reachRejects},
	{Name: "signalingAccept", Packet: "15_9", Required: invitationParams,
		Codes: []int{10404, 10408, 10409, 10410, 10201, 10407, 10417, 10419, 10420},
		read:  (*options).readAccept, order: (*options).accept, members: true, joins: true, reach: reachRejects},
	{Name: "signalingJoinAndAccept", Packet: "15_17", Required: []string{"channelId", "account", "requestId"},
		Codes: []int{10404, 10420, 10407, 10417, 10419, 10408, 10409, 10410},
		read:  (*options).readJoinAndAccept, order: (*options).joinAndAccept, members: true, joins: true, reach: reachDone},
	{Name: "signalingCall", Required: []string{"type", "requestId", "account"},
		Codes: []int{10405, 10407, 10417, 10419, 10420, 10201, 10202},
		read:  (*options).readCall, order: (*options).call, members: true, joins: true, reach: reachRejects},
	{Name: "signalingCallEx", Packet: "15_16", Required: []string{"type", "account"}, Codes: []int{10405},
		read: (*options).readCallEx, order: (*options).callEx, members: true, joins: true, reach: reachStatus},
}

func methodNamed(name string) *Method {
	for i := range Methods {
		if Methods[i].Name == name {
			return &Methods[i]
		}
	}
	return nil
}

// Params lists the parameters that the method reads; others are ignored.
func (m *Method) Params() []Param {
	var list []Param
	for _, f := range codec.Describe(&options{method: m}) {
		for _, p := range Params {
			if p.Name == f.Key {
				list = append(list, p)
			}
		}
	}
	return list
}

// complaint is the vendor's way to say what a code without a name means.
func (m *Method) complaint(why string) string {
	s := m.Name + " error: " + why
	if m.Packet != "" {
		s = m.Packet + " " + s
	}
	return s
}
