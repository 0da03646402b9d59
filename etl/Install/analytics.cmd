@echo off
rem analytics.cmd VERB ...: runs the programs of this folder. It needs nothing installed: no .NET, no package, no internet.
setlocal
chcp 65001 >nul
if exist "%~dp0settings.env" for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%~dp0settings.env") do if not defined %%a set "%%a=%%b"
set "programs=%~dp0win-x64"
rem 'serve' and 'bench pages' are verbs of the pages' program, with the words that follow.
if /i "%~1"=="serve" goto pages
if /i "%~1 %~2"=="bench pages" goto benchpages
if /i "%~1"=="test" goto source
if /i "%~1"=="publish" goto source
"%programs%\analytics.exe" %*
exit /b %errorlevel%

:pages
set "rest="
:next
shift
if not "%~1"=="" set rest=%rest% "%~1"& goto next
"%programs%\Reports.exe" %rest%
exit /b %errorlevel%

:benchpages
shift
set "rest= bench"
goto next

:source
echo '%~1' needs the source code; this folder holds the programs only. 1>&2
exit /b 2
