// `npm run gallery -- <folder> [parts of screens' names, by commas] [looks, e.g. zh-CN-light-1440,en-dark-390] [resume]`:
// every state of every screen, over scenes in place of a server, as pictures into the folder; ends with 1 where axe finds
// something. With `resume`, what the folder has a picture of is not looked at again.
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = join(import.meta.dirname, '..');
const [folder, screens = '', looks = '', resumes = ''] = process.argv.slice(2);
if (folder) process.env.GALLERY_PICTURES = resolve(folder);
process.env.GALLERY_SCREENS = screens;
process.env.GALLERY_LOOKS = looks;
process.env.GALLERY_RESUMES = resumes;
process.chdir(root);
await runnerImport(join(root, 'test/gallery/write-gallery.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: [{ find: /^@libs\/([a-z-]+)$/, replacement: join(root, 'libs/$1/src/index.ts') }] },
});
