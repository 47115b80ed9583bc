// The conformance suite of the TUI dialect in a page.
import { testInChromium } from './conformance/page.mjs';
import { examples, startSuiteRelay } from './tui.conformance.mjs';

testInChromium({ dialect: 'tui', examples, startSuiteRelay });
