#!/bin/sh
# ./analytics VERB …: runs the programs of this folder. It needs nothing but a shell: no .NET, no package, no internet.
set -eu

case $0 in */*) here=$(cd "${0%/*}" && pwd) ;; *) here=$(pwd) ;; esac
programs=$here/linux-x64

# settings.env says what is not said already: NAME=VALUE lines, as systemd reads them, too.
if [ -r "$here/settings.env" ]; then
  while IFS='=' read -r name value || [ -n "$name" ]; do
    case $name in '' | *[!A-Z0-9_]*) continue ;; esac
    eval "[ -n \"\${$name+said}\" ]" || export "$name=$value"
  done <"$here/settings.env"
fi

# The libraries beside the programs: XGBoost's where it is there, and ICU's in the version that was copied.
export LD_LIBRARY_PATH="$programs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
for icu in "$programs"/libicuuc.so.*; do
  [ -e "$icu" ] && export DOTNET_SYSTEM_GLOBALIZATION_APPLOCALICU="${icu##*libicuuc.so.}"
done
[ -e /usr/share/zoneinfo/Asia/Ho_Chi_Minh ] || export TZDIR="$programs/zoneinfo"

case ${1:-} in
  serve) shift; exec "$programs/Reports" "$@" ;;
  bench) if [ "${2:-}" = pages ]; then shift 2; exec "$programs/Reports" bench "$@"; fi; exec "$programs/analytics" "$@" ;;
  test | publish) echo "'$1' needs the source code; this folder holds the programs only." >&2; exit 2 ;;
  *) exec "$programs/analytics" "$@" ;;
esac
