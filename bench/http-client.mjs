import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** One HTTP request with a JSON body; answers status, parsed body and the cookies set. */
export function call(url, { method = 'GET', headers = {}, body } = {}) {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const sent = payload === undefined ? headers : { 'content-type': 'application/json', ...headers };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: sent, agent, timeout: 20_000 }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const cookies = (incoming.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0]);
        resolve({ status: incoming.statusCode, body: parse(Buffer.concat(chunks).toString('utf8')), cookies });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${url}: no answer within 20 s`)));
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** As `call`, but anything except 2xx is an error that names the problem's code. */
export async function callOk(url, options) {
  const answer = await call(url, options);
  if (answer.status >= 200 && answer.status < 300) return answer;
  const code = answer.body?.code ?? String(answer.body).slice(0, 200);
  throw new Error(`${options?.method ?? 'GET'} ${new URL(url).pathname}: ${answer.status} ${code}`);
}
