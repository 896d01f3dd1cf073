import { declareStore } from '@libs/privacy-core';

declareStore({ store: 'event', name: 'privacy.subject-erased.v1', fields: {} });
