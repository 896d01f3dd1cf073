import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/tokens.css';
import './theme/base.css';
import { Console } from './console.js';
import { tellOfCaught } from './session/not-for-role.js';

createRoot(document.getElementById('root')!, { onCaughtError: tellOfCaught }).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
