#!/bin/sh
# Runs once, on an empty data folder: two schemas and two logins, neither of which sees what the other has.
set -eu
mariadb --user=root --password="$MARIADB_ROOT_PASSWORD" <<SQL
CREATE DATABASE \`${CUSTODIA_NAME}\` CHARACTER SET utf8mb4;
CREATE DATABASE \`${CUSTODIA_NAME}_keys\` CHARACTER SET utf8mb4;
CREATE USER '${CUSTODIA_NAME}'@'%' IDENTIFIED BY '${MARIADB_PASSWORD_OF_DATA}';
CREATE USER '${CUSTODIA_NAME}_keys'@'%' IDENTIFIED BY '${MARIADB_PASSWORD_OF_KEYS}';
GRANT ALL ON \`${CUSTODIA_NAME}\`.* TO '${CUSTODIA_NAME}'@'%';
GRANT ALL ON \`${CUSTODIA_NAME}_keys\`.* TO '${CUSTODIA_NAME}_keys'@'%';
SQL
