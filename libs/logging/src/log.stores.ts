import { declareStore, notPersonal } from '@libs/privacy-core';

/** What `LogFields` lets through; a line has no place for a sentence of a person. */
declareStore({
  store: 'log-stream',
  name: 'standard output',
  fields: {
    time: notPersonal('time of the line'),
    level: notPersonal('closed list'),
    event: notPersonal('constant code'),
    '*Id': notPersonal('random ids and numbers of rows'),
    'numbers (count, ms, rows …)': notPersonal('closed list of numbers'),
    'codes (code, kind, state …)': notPersonal('closed list of codes'),
    route: notPersonal('template of a route, without values'),
    err: notPersonal('name, code and places of an error, never its message'),
  },
});
