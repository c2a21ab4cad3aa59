@echo off
rem Makes the environment, installs without a network, puts the add-in where Excel loads it.
rem An older environment stays beside it until the new one stands, and comes back if it does not.
rem All but the last lines are ASCII: cmd may lose its place in a file with other letters.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "HERE=%~dp0"
set "BASE=%LOCALAPPDATA%\qcity_xl"
set "PYTHON=%BASE%\env\Scripts\python.exe"
set "STARTUP=%APPDATA%\Microsoft\Excel\XLSTART"
set "WAIT=pause"
if "%~1"=="/q" set "WAIT=rem"

if not exist "%HERE%check.py" goto not_unpacked
set "FOUND=py -PYTHON_VERSION"
%FOUND% -I -X utf8 "%HERE%check.py" 2>nul
if %errorlevel%==0 goto sound
if %errorlevel%==3 goto failed
set "FOUND=python"
%FOUND% -I -X utf8 "%HERE%check.py" 2>nul
if %errorlevel%==0 goto sound
if %errorlevel%==3 goto failed
type "%HERE%no-python.txt"
%WAIT%
exit /b 2

:sound
rem Excel holds its add-ins open: what can't be renamed could not be replaced in the end.
del "%STARTUP%\qcity.old" 2>nul
if exist "%STARTUP%\qcity.xlam" ren "%STARTUP%\qcity.xlam" qcity.old 2>nul
if exist "%STARTUP%\qcity.xlam" goto in_use
if exist "%STARTUP%\qcity.old" ren "%STARTUP%\qcity.old" qcity.xlam
type "%HERE%start.txt"
if not exist "%BASE%\env.old" goto aside
rd /s /q "%BASE%\env" 2>nul
ren "%BASE%\env.old" env
:aside
if exist "%BASE%\env" ren "%BASE%\env" env.old 2>nul
if exist "%BASE%\env" goto in_use
%FOUND% -I -m venv "%BASE%\env"
if errorlevel 1 goto back
if not exist "%PYTHON%" goto back
"%PYTHON%" -I -m pip --isolated --quiet install --no-index --find-links "%HERE%wheels" --require-hashes -r "%HERE%requirements.txt"
if errorlevel 1 goto back
"%PYTHON%" -I -m qcity_xl addin install --file "%HERE%qcity.xlam"
if errorlevel 1 goto back
if exist "%BASE%\env.old" rd /s /q "%BASE%\env.old"
"%PYTHON%" -I -m qcity_xl addin doctor
if errorlevel 1 goto not_well
type "%HERE%done.txt"
%WAIT%
exit /b 0

:not_well
type "%HERE%not-well.txt"
%WAIT%
exit /b 1

:back
if exist "%BASE%\env" rd /s /q "%BASE%\env"
if exist "%BASE%\env.old" ren "%BASE%\env.old" env
:failed
type "%HERE%failed.txt"
%WAIT%
exit /b 3

:in_use
type "%HERE%in-use.txt"
%WAIT%
exit /b 3

:not_unpacked
echo 没有装：这里缺文件。请先把整个压缩包解压（右键“全部解压缩”），再到解压出来的文件夹里双击 install.cmd。
%WAIT%
exit /b 3
