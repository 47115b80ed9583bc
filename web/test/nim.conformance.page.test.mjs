// The conformance suite of the NIM dialect in a page.
import { testInChromium } from './conformance/page.mjs';
import { examples, invitation, startSuiteRelay } from './nim.conformance.mjs';

testInChromium({ dialect: 'nim', examples, startSuiteRelay, env: { invitation } });
