// The demo page, driven as people would: tabs of one Chromium, a real relay, which
// BECKON_TEST_URL names. BECKON_LONG=1 adds what takes longer.

import './demo/calls.mjs';
import './demo/page.mjs';

if (process.env.BECKON_LONG) await import('./demo/axe.mjs');
