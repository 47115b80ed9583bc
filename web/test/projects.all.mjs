// node --test test/projects.all.mjs: every project. It takes minutes; `make test` takes the quickest alone.
import { all, suite } from './projects.suite.mjs';

suite(all);
