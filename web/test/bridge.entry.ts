// The bridge by itself, for tests: bundled in place of src/index.ts. As NIM, so that the script tag shows it too.
import * as backend from '../src/backend.js';
import * as configure from '../src/configure.js';

export const NIM = { ...backend, ...configure };
