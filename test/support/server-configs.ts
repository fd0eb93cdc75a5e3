/**
 * The smallest configurations of web servers that serve a folder: as they come; `packs` compresses
 * everything that it can compress; `single` forbids several ranges in a request, `none` all ranges.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const PROGRAMS = ['nginx', 'apache2', 'caddy', 'lighttpd'] as const
export type Program = (typeof PROGRAMS)[number]

export type Setting = 'plain' | 'packs' | 'single' | 'none'

const NGINX_BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so'
const APACHE_MODULES = '/usr/lib/apache2/modules'
const LIGHTTPD_DEFLATE = '/usr/lib/lighttpd/mod_deflate.so'

/** Whether a program knows a setting: Caddy and lighttpd cannot send single ranges alone. */
export function canBe(program: Program, setting: Setting): boolean {
  if (setting === 'packs') return program !== 'lighttpd' || existsSync(LIGHTTPD_DEFLATE)
  return setting !== 'single' || program === 'nginx' || program === 'apache2'
}

export interface Wanted {
  readonly root: string
  readonly own: string
  readonly port: number
  readonly setting: Setting
}

export const CONFIGS: Readonly<Record<Program, (wanted: Wanted) => string>> = {
  nginx: nginxConfig,
  apache2: apacheConfig,
  caddy: caddyConfig,
  lighttpd: lighttpdConfig,
}

function nginxConfig({ root, own, port, setting }: Wanted): string {
  const hasBrotli = setting === 'packs' && existsSync(NGINX_BROTLI)
  const packs = ['gzip on;', 'gzip_types *;', 'gzip_min_length 0;', 'gzip_http_version 1.0;']
  if (hasBrotli) packs.push('brotli on;', 'brotli_types *;', 'brotli_min_length 0;')
  const most = { single: 'max_ranges 1;', none: 'max_ranges 0;' }
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `${hasBrotli ? `load_module ${NGINX_BROTLI};` : ''}
daemon off;
master_process off;
pid ${join(own, 'pid')};
events {}
http {
  access_log off;
  types { text/html html; text/javascript js; application/json json; }
  ${temporary.map((name) => `${name}_temp_path ${join(own, name)};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    root ${root};
    ${setting === 'packs' ? packs.join(' ') : ((most as Record<string, string>)[setting] ?? '')}
  }
}
`
}

function apacheConfig({ root, own, port, setting }: Wanted): string {
  const names = ['mpm_event', 'authz_core', 'mime', 'dir', 'filter', 'deflate', 'brotli']
  const modules = names.filter((name) => existsSync(join(APACHE_MODULES, `mod_${name}.so`)))
  const packs = modules.includes('brotli') ? 'BROTLI_COMPRESS;DEFLATE' : 'DEFLATE'
  const more = {
    plain: '',
    packs: `SetOutputFilter ${packs}`,
    single: 'MaxRanges 1',
    none: 'MaxRanges none',
  }
  return `ServerRoot ${own}
${modules.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
Listen 127.0.0.1:${port}
ServerName 127.0.0.1
PidFile ${join(own, 'pid')}
DefaultRuntimeDir ${own}
ErrorLog ${join(own, 'error.log')}
TypesConfig /dev/null
AddType text/html .html
AddType text/javascript .js
AddType application/json .json
User www-data
Group www-data
DocumentRoot ${root}
<Directory ${root}>
  Require all granted
  ${more[setting]}
</Directory>
`
}

function caddyConfig({ root, port, setting }: Wanted): string {
  const none = 'request_header -Range'
  const packs = `encode zstd gzip {
    minimum_length 1
    match header Content-Type *
  }`
  return `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  root * ${root}
  ${setting === 'packs' ? packs : ''}
  ${setting === 'none' ? none : ''}
  file_server
}
`
}

function lighttpdConfig({ root, own, port, setting }: Wanted): string {
  const packs = `server.modules = ( "mod_deflate" )
deflate.mimetypes = ( "text/", "application/" )
deflate.allowed-encodings = ( "brotli", "gzip" )`
  return `server.document-root = "${root}"
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${join(own, 'error.log')}"
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html", ".js" => "text/javascript", ".json" => "application/json", "" => "application/octet-stream" )
${setting === 'none' ? 'server.range-requests = "disable"' : ''}
${setting === 'packs' ? packs : ''}
`
}
