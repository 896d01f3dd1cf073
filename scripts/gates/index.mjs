/** What the tests below test/architecture use of the source gates. */
export { checkEndpointDocs, endpointDocs } from './endpoint-docs.mjs';
export { STORE_SITES } from './store-sites.mjs';
export { stringsOf, testTitles } from './strings.mjs';
export { parse, readTree } from './tree.mjs';
