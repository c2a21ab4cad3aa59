@echo off
rem Makes the environment, installs without a network, puts the add-in where Excel loads it.
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
set "HOME_FOLDER=%LOCALAPPDATA%\qcity_xl\env"
set "PYTHON=%HOME_FOLDER%\Scripts\python.exe"

py -PYTHON_VERSION -c "" >nul 2>nul
if errorlevel 1 goto no_python
py -PYTHON_VERSION -m venv --clear "%HOME_FOLDER%"
if errorlevel 1 goto failed
"%PYTHON%" -I -m pip install --no-index --find-links "%HERE%wheels" --require-hashes -r "%HERE%requirements.txt"
if errorlevel 1 goto failed
"%PYTHON%" -I -m qcity_xl addin install --file "%HERE%qcity.xlam"
if errorlevel 1 goto failed
"%PYTHON%" -I -m qcity_xl addin doctor
if errorlevel 1 goto failed
type "%HERE%done.txt"
pause
exit /b 0

:no_python
type "%HERE%no-python.txt"
pause
exit /b 2

:failed
type "%HERE%failed.txt"
pause
exit /b 1
