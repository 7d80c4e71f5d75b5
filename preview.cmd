@echo off
rem Double click this file on Windows: it shows the site in your browser and follows every save.
chcp 65001 >nul
cd /d "%~dp0"
set RUN=
where py >nul 2>nul && set RUN=py -3
if not defined RUN where python >nul 2>nul && set RUN=python
if not defined RUN (
  echo Python is missing. Get it from https://www.python.org/downloads/ and double click this file again.
) else (
  %RUN% run.py preview
)
echo.
pause
