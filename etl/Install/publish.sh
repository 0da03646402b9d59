# Part of ./analytics: the verb 'publish', which makes one folder that runs where there is no internet; docs/installing.md.

# publish DIR [linux-x64] [win-x64]: both platforms unless some are named.
publish() {
  case ${1:-} in
    '' | -h | --help) say "./analytics publish DIR [linux-x64] [win-x64]: makes a folder that holds all it needs to run"; [ $# -gt 0 ] && return 0; exit 2 ;;
    -*) fail "'$1' is no option of 'publish'; it takes a folder and platforms" 2 ;;
  esac
  local to=$1 platform platforms=("${@:2}")
  [ ${#platforms[@]} -gt 0 ] || platforms=(linux-x64 win-x64)
  for platform in "${platforms[@]}"; do
    case $platform in linux-x64 | win-x64) ;; *) fail "'$platform' is no platform; there are linux-x64 and win-x64" 2 ;; esac
  done
  if [ -e "$to" ] && { [ ! -d "$to" ] || [ -n "$(ls -A "$to")" ]; }; then fail "$to is not an empty folder; name one that is empty or not there yet" 2; fi
  mkdir -p "$to" 2>/dev/null && [ -w "$to" ] || fail "$to cannot be written" 3
  to=$(cd "$to" && pwd)
  for platform in "${platforms[@]}"; do publish_platform "$platform" "$to/$platform"; done
  publish_around "$to" "${platforms[@]}"
  say "Published to $to: $(du -sh "$to" | cut -f1). Copy the folder to the machine and read its README.md."
}

# Both programs with .NET itself into one folder, and the libraries that are not .NET's.
publish_platform() {
  local platform=$1 into=$2 project
  say "Publishing for $platform …"
  for project in etl reports; do
    dotnet publish "$here/$project" -c Release -r "$platform" --self-contained true -o "$into" --artifacts-path "$here/artifacts/publish/$platform" -v quiet -nologo -clp:NoSummary \
      >"$here/artifacts/publish.log" 2>&1 || { cat "$here/artifacts/publish.log" >&2; fail "'dotnet publish' failed for $platform." 3; }
  done
  # The build takes whichever of DuckDB's libraries npm installed on this machine: not this platform's, maybe.
  rm -f "$into"/libduckdb.so "$into"/duckdb.dll "$into"/*.pdb
  case $platform in
    linux-x64) publish_linux "$into" ;;
    win-x64) publish_windows "$into" ;;
  esac
}

# npm_folder OS LIBC: DuckDB's library for a platform that may not be this machine's, in the version and with the checksum of package-lock.json.
npm_folder() {
  local folder="$here/artifacts/publish/npm-$1"
  mkdir -p "$folder"
  cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$folder"
  (cd "$folder" && npm ci --os="$1" --cpu=x64 ${2:+--libc="$2"} --omit=dev --no-progress --loglevel=error >&2) || fail "npm could not install DuckDB's library for $1" 3
  printf '%s\n' "$folder/node_modules/@duckdb"
}

publish_linux() {
  local into=$1 duckdb library
  duckdb=$(npm_folder linux glibc)
  cp "$duckdb/node-bindings-linux-x64/libduckdb.so" "$into"
  # ICU (sorting, names of zones), under the full names that .NET looks for; XGBoost with what it needs.
  for library in libicudata libicui18n libicuuc; do publish_library "$library.so" "$into" || fail "$library, which .NET needs for Vietnamese sorting, is not on this machine" 3; done
  if publish_library libxgboost.so.0 "$into"; then
    publish_library libdmlc.so.0 "$into" || true
    publish_library libgomp.so.1 "$into" || true
  else
    say "XGBoost's library is not on this machine: in the folder the plainer learner will serve."
  fi
  mkdir -p "$into/zoneinfo"
  (cd /usr/share/zoneinfo && cp -rL Africa America Antarctica Arctic Asia Atlantic Australia Etc Europe Indian Pacific UTC "$into/zoneinfo")
}

# publish_library NAME FOLDER: copies a shared library of this machine. ICU goes by its full version, the others by the name they are linked by.
publish_library() {
  local found name
  found=$(ldconfig -p | sed -n "s|^\s*$1\(\.[0-9]*\)\? (.*x86-64.*) => ||p" | head -1)
  [ -n "$found" ] || return 1
  found=$(readlink -f "$found")
  case $1 in libicu*) name=$(basename "$found") ;; *) name=$1 ;; esac
  cp "$found" "$2/$name"
}

publish_windows() {
  local into=$1 duckdb
  duckdb=$(npm_folder win32 '')
  cp "$duckdb/node-bindings-win32-x64/duckdb.dll" "$into"
}

# What stands around the programs: how to start them, settings, services, a guide, and checksums of everything.
publish_around() {
  local to=$1 platform
  for platform in "${@:2}"; do
    case $platform in
      linux-x64) cp "$here/etl/Install/analytics.sh" "$to/analytics"; chmod +x "$to/analytics"; cp "$here"/etl/Install/*.service "$to" ;;
      win-x64) sed 's/$/\r/' "$here/etl/Install/analytics.cmd" >"$to/analytics.cmd" ;;
    esac
  done
  cp "$here/etl/Install/settings.env" "$to/settings.env"
  cp "$here/docs/installing.md" "$to/README.md"
  mkdir -p "$to/docs"
  cp "$here"/docs/*.md "$here/docs/glossary.csv" "$to/docs"
  (cd "$to" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
}
