// The TUI suite's conversations on a hostile network; BECKON_LONG=1: all of them.
import { testOnHostileNetwork, testThatSilentLossIsFound } from './hostile.mjs';

const some = /^(5 |TUI rings NIM|NIM rings TUI)/;

testOnHostileNetwork('tui', some);
testThatSilentLossIsFound('tui', some);
