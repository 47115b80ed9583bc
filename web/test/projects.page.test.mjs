// The quickest of the projects. All of them: npm run test:projects.
import { suite } from './projects.suite.mjs';

suite(['esbuild']);
