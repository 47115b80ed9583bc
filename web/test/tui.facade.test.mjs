// The facade of the room engine, over a fake of the Go module: what pages may rely on.

import './tui/login.mjs';
import './tui/calls.mjs';
import './tui/told.mjs';
import './tui/surface.mjs';
