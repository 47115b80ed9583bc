package nim

// Rejections lists what methods reject with, beside 10414 (V2: 191004), the
// general codes and those of the [Troubles]. It is for documentation, and no page
// downloads it.
var Rejections = []struct {
	Method string
	Codes  []int
}{
	{"signalingCreate", []int{10405}},
	{"signalingJoin", []int{10404, 10407, 10417, 10419, 10420}},
	{"signalingLeave", []int{10404, 10406}},
	{"signalingClose", []int{10404, 10406}},
	{"signalingInvite", []int{10404, 10406, 10407, 10419, 10201, 10202}},
	{"signalingCancel", []int{10404, 10408, 10409, 10410}},
	{"signalingReject", []int{10404, 10408, 10409, 10410, 10201}},
	{"signalingAccept", []int{10404, 10408, 10409, 10410, 10201, 10407, 10417, 10419, 10420}},
	{"signalingJoinAndAccept", []int{10404, 10420, 10407, 10417, 10419, 10408, 10409, 10410}},
	{"signalingCall", []int{10405, 10407, 10417, 10419, 10420, 10201, 10202}},
	{"signalingCallEx", []int{10405}},
	{"signalingCreateAndJoin", []int{10407, 10417, 10419, 10420}},
	{"signalingDelay", []int{10404, 10406}},
	{"signalingGetChannelInfo", []int{10404}},
	{"signalingControl", []int{10404, 10406}},
	{"call", []int{10405}},
	{"callSetup", []int{10404, 10420, 10407, 10417, 10419, 10408, 10409, 10410}},
	{"createRoom", []int{10405}},
	{"delayRoom", []int{10404, 10406}},
	{"closeRoom", []int{10404, 10406}},
	{"joinRoom", []int{10404, 10407, 10417, 10419, 10420}},
	{"leaveRoom", []int{10404, 10406}},
	{"invite", []int{10404, 10406, 10407, 10419, 10201, 10202}},
	{"cancelInvite", []int{10404, 10408, 10409, 10410}},
	{"rejectInvite", []int{10404, 10408, 10409, 10410, 10201}},
	{"acceptInvite", []int{10404, 10408, 10409, 10410, 10201}},
	{"sendControl", []int{10404, 10406}},
	{"getRoomInfoByChannelName", []int{10404}},
}
