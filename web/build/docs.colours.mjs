// Colours of samples, worked out when the pages are built.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import nginx from 'highlight.js/lib/languages/nginx';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';

const languages = { sh: bash, diff, toml: ini, js: javascript, json, nginx, ts: typescript, html: xml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerLanguage('javascript', javascript); // of scripts in html

/** @param {string} text @param {string} language @returns {string} HTML */
export function highlight(text, language) {
  if (language in languages) return hljs.highlight(text, { language }).value;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
