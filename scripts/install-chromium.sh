#!/usr/bin/env bash
# Installs Chromium, which the tests of Vite's server look at a page with, on Debian as root, if there is none.
set -euo pipefail

if ! command -v chromium >/dev/null; then
  apt-get update >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium >&2
fi
chromium --version --no-sandbox
