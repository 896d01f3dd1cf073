import { describeColumn, describeWhere } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FiveServices, NGINX, startFiveServices } from './five-services.js';

describeColumn('mariadb', 'the five services as compose describes them', () => {
  describeWhere(NGINX, 'behind their proxy', () => {
    let five: FiveServices;
    beforeAll(async () => {
      five = await startFiveServices();
    }, 240_000);
    afterAll(async () => {
      await five?.close();
    });

    it('starts', async () => {
      for (const [name, service] of five.services) console.log(name, service.output().slice(0, 600));
      for (const path of ['/', '/widget/loader.js', '/api/v1/account/options', '/api/v1/chat/conversations', '/api/v1/crm/contacts', '/api/v1/privacy/register', '/metrics'])
        console.log(path, (await fetch(five.url + path)).status);
      expect(five.services.size).toBe(6);
    });
  });
});
