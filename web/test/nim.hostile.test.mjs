// The NIM suite's conversations on a hostile network; BECKON_LONG=1: all of them.
import { testOnHostileNetwork, testThatSilentLossIsFound } from './hostile.mjs';

const some = /^(signaling(CallEx|Invite|Accept|JoinAndAccept|Reject|Cancel|Join|Leave|Close|Control)|who hears: (members|the sender|the invitee)):/;

testOnHostileNetwork('nim', some);
testThatSilentLossIsFound('nim', some);
