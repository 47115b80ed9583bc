// The NIM facade, over a fake of the Go module: what pages may rely on.

import './nim/instances.mjs';
import './nim/connection.mjs';
import './nim/trouble.mjs';
import './nim/parameters.mjs';
import './nim/results.mjs';
import './nim/errors.mjs';
import './nim/events.mjs';
import './nim/sync.mjs';
import './nim/messages.mjs';
import './nim/v2.mjs';
import './nim/emitter.mjs';
import './nim/device.mjs';
import './nim/token.mjs';
import './nim/elsewhere.mjs';
import './nim/examples.mjs';
