// Real web servers on 127.0.0.1, set up with the files that press has written.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FOLDER } from "./sites.mjs";

const BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
const NGINX = existsSync("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** nginx serving a site; `sends` names the encodings it can send. */
export async function nginx(site, name) {
  const port = await freePort();
  const folder = join(FOLDER, `nginx-${name}`);
  mkdirSync(folder, { recursive: true });
  const hasBrotli = existsSync(BROTLI);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join("\n  ");
  const beside = `${site.beside}/nginx`;
  writeFileSync(
    join(folder, "nginx.conf"),
    `${hasBrotli ? `load_module ${BROTLI};` : ""}
${process.getuid() === 0 ? "user root;" : ""}
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  ${temporary}
  include ${beside}/maps.conf;
  server {
    listen 127.0.0.1:${port};
    root ${site.www};
    ${hasBrotli ? `include ${beside}/brotli.conf;` : ""}
    include ${beside}/site.conf;
  }
}
`,
  );
  const words = ["-p", folder, "-c", join(folder, "nginx.conf")];
  const sound = spawnSync(NGINX, [...words, "-t"], { encoding: "utf8" });
  const server = { name: "nginx", port, sends: hasBrotli ? ["br", "gzip"] : ["gzip"], check: sound };
  return start(server, NGINX, words);
}

/** Caddy serving a site. */
export async function caddy(site, name) {
  const port = await freePort();
  const folder = join(FOLDER, `caddy-${name}`);
  mkdirSync(folder, { recursive: true });
  const snippet = /^\((\w+)\) \{$/m.exec(
    (await import("./sites.mjs")).read(site.beside, "caddy/Caddyfile"),
  )[1];
  const file = join(folder, "Caddyfile");
  writeFileSync(
    file,
    `{
	admin off
	auto_https off
}
import ${site.beside}/caddy/Caddyfile
http://127.0.0.1:${port} {
	bind 127.0.0.1
	root * ${site.www}
	import ${snippet}
	handle_errors {
		import ${snippet}_errors
	}
}
`,
  );
  const words = ["--config", file, "--adapter", "caddyfile"];
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const sound = spawnSync("caddy", ["validate", ...words], { encoding: "utf8", env });
  return start({ name: "caddy", port, sends: ["br", "gzip"], check: sound }, "caddy", ["run", ...words], env);
}

async function start(server, program, words, env = process.env) {
  const process_ = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  process_.stderr.on("data", (bytes) => (said += bytes));
  let ended = false;
  process_.on("exit", () => (ended = true));
  process_.on("error", (error) => (said += error));
  server.stop = () => process_.kill("SIGTERM");
  for (let tries = 0; tries < 100 && !ended; tries += 1) {
    try {
      await ask(server, "/");
      return server;
    } catch {
      await sleep(50);
    }
  }
  server.stop();
  throw new Error(`${server.name} does not answer: ${said}\n${server.check.stderr}`);
}

/** Asks for a path exactly as it is written. */
export function ask(server, path, { headers = {}, method = "GET" } = {}) {
  return new Promise((done, fail) => {
    const asked = request(
      { host: "127.0.0.1", port: server.port, path, method, headers, agent: false },
      (answer) => {
        const pieces = [];
        answer.on("data", (piece) => pieces.push(piece));
        answer.on("end", () =>
          done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }),
        );
      },
    );
    asked.setTimeout(10_000, () => asked.destroy(new Error(`no answer for ${path}`)));
    asked.on("error", fail);
    asked.end();
  });
}
