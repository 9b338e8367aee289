import { messages } from '../../platform/i18n/messages.ts'

export const voterfilePageMessages = messages({
  'voterfiles.title': { en: 'Voter files', ko: '유권자 명부' },
  'voterfiles.lead': {
    en: 'The states’ lists of registered voters, kept once for every organization of this installation.',
    ko: '주 정부의 등록 유권자 명단입니다. 이 서버를 쓰는 모든 단체가 함께 씁니다.',
  },
  'voterfiles.upload': { en: 'Upload a voter file', ko: '유권자 명부 올리기' },
  'voterfiles.upload_phones': { en: 'Upload phone numbers', ko: '전화번호 올리기' },
  'voterfiles.empty_title': { en: 'No voter file yet', ko: '아직 유권자 명부가 없습니다' },
  'voterfiles.empty_1': {
    en: 'New York gives the file to anybody who will use it for elections, free of charge. Send a request under the Freedom of Information Law (FOIL) to the State Board of Elections: the “statewide voter list”, and accept its terms of use.',
    ko: '뉴욕주는 선거 목적으로 쓰는 사람에게 명부를 무료로 드립니다. 주 선거관리위원회에 정보공개(FOIL) 청구로 “statewide voter list”를 신청하고 이용 조건에 동의하세요.',
  },
  'voterfiles.empty_2': {
    en: 'You receive a .zip with one text file of about 9 GB. Upload the .zip as it came; there is no need to open it.',
    ko: '약 9GB짜리 텍스트 파일 하나가 든 .zip을 받게 됩니다. 풀지 말고 받은 .zip을 그대로 올리세요.',
  },
  'voterfiles.law_title': { en: 'What the law allows', ko: '법이 허용하는 쓰임' },
  'voterfiles.law': {
    en: 'New York Election Law § 3-103(5): the list may be used for election purposes only, never for commerce or anything else. Campaigning, registering voters, getting out the vote and studying elections are election purposes; selling, advertising and looking up a neighbor are not. Other states have rules of their own.',
    ko: '뉴욕주 선거법 3-103조 5항: 명부는 선거 목적으로만 쓸 수 있고, 영업이나 다른 목적으로는 쓸 수 없습니다. 선거운동, 유권자 등록, 투표 독려, 선거 연구는 괜찮지만 판매, 광고, 이웃 주소 찾기는 안 됩니다. 다른 주에는 그 주의 규정이 따로 있습니다.',
  },
  'voterfiles.law_accept': {
    en: 'I have the right to use this file and will use it for election purposes only.',
    ko: '이 명부를 쓸 권한이 있으며 선거 목적으로만 쓰겠습니다.',
  },
  'voterfiles.law_needed': {
    en: 'Tick the box to say that you accept the law’s limit; nothing was imported.',
    ko: '법이 정한 쓰임에 동의한다는 칸을 표시해 주세요. 아직 아무것도 가져오지 않았습니다.',
  },
  'voterfiles.in_use': { en: 'In use', ko: '쓰고 있는 명부' },
  'voterfiles.voters_in_file': {
    en: { one: '{{count}} voter in the newest file', other: '{{count}} voters in the newest file' },
    ko: '가장 새 명부의 유권자 {{count}}명',
  },
  'voterfiles.of_date': { en: 'File of {{date}}', ko: '{{date}} 기준 명부' },
  'voterfiles.of_import': { en: 'Imported {{date}}', ko: '{{date}} 가져옴' },
  'voterfiles.old': {
    en: 'More than three months old: ask the Board for a newer one.',
    ko: '석 달이 넘었습니다. 선거관리위원회에 새 명부를 신청하세요.',
  },
  'voterfiles.going_on': { en: 'Going on now', ko: '진행 중' },
  'voterfiles.history': { en: 'History', ko: '가져온 이력' },
  'voterfiles.unfinished': { en: 'Uploads begun and not finished', ko: '올리다 만 파일' },
  'voterfiles.unfinished_lead': {
    en: 'Choose the same files again on the upload page and it goes on where it stopped. After a week they are removed.',
    ko: '올리기 화면에서 같은 파일을 다시 고르면 멈춘 곳부터 이어서 올립니다. 일주일이 지나면 지웁니다.',
  },
  'voterfiles.discard': { en: 'Remove', ko: '지우기' },
  'voterfiles.go_on': { en: 'Go on', ko: '이어서 올리기' },
  'voterfiles.file': { en: 'File', ko: '파일' },
  'voterfiles.files': { en: 'Files', ko: '파일' },
  'voterfiles.state': { en: 'State', ko: '상태' },
  'voterfiles.when': { en: 'When', ko: '일시' },
  'voterfiles.who': { en: 'By', ko: '담당' },
  'voterfiles.result': { en: 'Result', ko: '결과' },
  'voterfiles.result_line': {
    en: '{{added}} added, {{updated}} updated, {{gone}} gone',
    ko: '추가 {{added}}, 변경 {{updated}}, 빠짐 {{gone}}',
  },
  'voterfiles.kind.registration': { en: 'Voter file', ko: '유권자 명부' },
  'voterfiles.kind.history': { en: 'Vote history', ko: '투표 참여 이력' },
  'voterfiles.kind.phones': { en: 'Phone numbers', ko: '전화번호' },
  'voterfiles.state.uploaded': { en: 'to be checked', ko: '확인 전' },
  'voterfiles.state.checked': { en: 'waiting for you', ko: '결정 대기' },
  'voterfiles.state.queued': { en: 'waiting its turn', ko: '차례 대기' },
  'voterfiles.state.running': { en: 'running', ko: '가져오는 중' },
  'voterfiles.state.done': { en: 'done', ko: '완료' },
  'voterfiles.state.cancelled': { en: 'cancelled', ko: '취소함' },
  'voterfiles.state.failed': { en: 'failed', ko: '실패' },
  'voterfiles.state.refused': { en: 'refused', ko: '받지 않음' },

  'voterfiles.upload_lead': {
    en: 'Choose the files as you received them: .zip, .gz, .txt, .csv or .tsv, up to 16 GB each. Nothing is imported before you have seen what is in them.',
    ko: '받은 파일을 그대로 고르세요. .zip, .gz, .txt, .csv, .tsv 형식으로 파일마다 16GB까지 됩니다. 내용을 확인하시기 전에는 아무것도 가져오지 않습니다.',
  },
  'voterfiles.upload_phones_lead': {
    en: 'A list of phone numbers with the state’s voter id, or with name, birth year and address: from the Board, a vendor or your volunteers. CSV with a header.',
    ko: '주 유권자 번호가 있거나 이름, 출생 연도, 주소가 있는 전화번호 명단입니다. 선거관리위원회, 업체, 봉사자에게서 받은 것으로 첫 줄에 열 이름이 있는 CSV면 됩니다.',
  },
  'voterfiles.choose_files': { en: 'Files', ko: '파일' },
  'voterfiles.choose_hint': {
    en: 'Several files that belong together (registration and history) can be chosen at once.',
    ko: '함께 쓰는 파일(등록 명부와 투표 이력)은 한꺼번에 고를 수 있습니다.',
  },
  'voterfiles.choose_kind': { en: 'What is in the files?', ko: '무슨 파일인가요?' },
  'voterfiles.start_upload': { en: 'Upload', ko: '올리기' },
  'voterfiles.stop_upload': { en: 'Pause', ko: '잠시 멈춤' },
  'voterfiles.resume_upload': { en: 'Go on', ko: '이어서 올리기' },
  'voterfiles.uploading': { en: '{{done}} of {{total}} sent', ko: '{{total}} 중 {{done}} 올림' },
  'voterfiles.upload_left': { en: 'about {{time}} left', ko: '약 {{time}} 남음' },
  'voterfiles.upload_lost': {
    en: 'The connection is lost. What was sent is kept; this goes on by itself when the connection is back.',
    ko: '인터넷 연결이 끊겼습니다. 올린 부분은 그대로 있고, 다시 연결되면 저절로 이어서 올립니다.',
  },
  'voterfiles.upload_paused': {
    en: 'Paused. You may close the page: choose the same files again and it goes on where it stopped.',
    ko: '멈췄습니다. 화면을 닫으셔도 됩니다. 같은 파일을 다시 고르면 멈춘 곳부터 이어집니다.',
  },
  'voterfiles.upload_stay': {
    en: 'Keep this page open. If it closes, choose the same files again: it goes on where it stopped.',
    ko: '이 화면을 열어 두세요. 닫혀도 같은 파일을 다시 고르면 멈춘 곳부터 이어서 올립니다.',
  },
  'voterfiles.upload_all_sent': {
    en: 'All sent. Looking at the files…',
    ko: '모두 올렸습니다. 파일을 살펴보는 중입니다…',
  },
  'voterfiles.upload_failed': {
    en: 'The server did not take it ({{status}}). What was sent is kept; try again.',
    ko: '서버가 받지 못했습니다({{status}}). 올린 부분은 그대로 있으니 다시 시도해 주세요.',
  },
  'voterfiles.upload_plain': {
    en: 'Without JavaScript an interrupted upload starts from the beginning. For large files use a browser with JavaScript, or the command line: bin/hanpyo voterfile import FILE',
    ko: '자바스크립트 없이는 도중에 끊기면 처음부터 다시 올려야 합니다. 큰 파일은 자바스크립트를 켜고 올리거나 명령줄을 쓰세요: bin/hanpyo voterfile import FILE',
  },
  'voterfiles.refused_file': { en: '“{{name}}” cannot be used', ko: '“{{name}}” 파일은 쓸 수 없습니다' },
  'voterfiles.refused_files': { en: 'These files cannot be used', ko: '이 파일은 쓸 수 없습니다' },
  'voterfiles.upload_problem.too_large': {
    en: 'It is larger than 16 GB. Ask for the file as a .zip, or upload it county by county.',
    ko: '16GB보다 큽니다. .zip으로 받거나 카운티별로 나누어 올려 주세요.',
  },
  'voterfiles.upload_problem.too_many': {
    en: 'At most 20 files at once. Put them into one .zip.',
    ko: '한 번에 20개까지 올릴 수 있습니다. .zip 하나로 묶어 주세요.',
  },
  'voterfiles.upload_problem.empty': {
    en: 'The file is empty. Download it again; the first download probably broke off.',
    ko: '빈 파일입니다. 내려받다가 끊긴 듯합니다. 다시 내려받아 주세요.',
  },
  'voterfiles.upload_problem.no_room': {
    en: 'There is not enough free disk space on the server. Ask the operator to make room; nothing was kept from running.',
    ko: '서버의 디스크 공간이 모자랍니다. 서버 관리자에게 공간을 비워 달라고 해 주세요. 다른 작업에는 영향이 없습니다.',
  },
  'voterfiles.upload_problem.wrong_kind': {
    en: 'Only .csv, .txt, .tsv, .zip and .gz are voter files. Upload the file as the Board sent it.',
    ko: '유권자 명부는 .csv, .txt, .tsv, .zip, .gz 파일입니다. 선거관리위원회가 보낸 파일을 그대로 올려 주세요.',
  },
  'voterfiles.upload_problem.spreadsheet': {
    en: 'It is a spreadsheet (Excel or the like). Open it and save it as CSV, or upload the text file the Board sent: a spreadsheet program cuts everything after a million rows.',
    ko: '엑셀 같은 스프레드시트 파일입니다. 열어서 CSV로 저장하거나, 받은 텍스트 파일을 그대로 올려 주세요. 스프레드시트 프로그램은 백만 줄 뒤를 잘라 버립니다.',
  },
  'voterfiles.upload_problem.web_page': {
    en: 'It is a web page, not a list: probably the site asked you to sign in or said no. Open it in the browser to read what it says, and download again.',
    ko: '명부가 아니라 웹 페이지입니다. 로그인하라는 화면이나 거절 화면이 저장된 듯합니다. 브라우저로 열어 보고 다시 내려받아 주세요.',
  },
  'voterfiles.upload_problem.pdf': {
    en: 'It is a PDF: a printed list cannot be read as data. Ask the Board for the electronic file.',
    ko: 'PDF 파일입니다. 인쇄용 명단은 데이터로 읽을 수 없으니 선거관리위원회에 전자 파일을 요청해 주세요.',
  },
  'voterfiles.upload_problem.picture': {
    en: 'It is a picture. Choose the file with the list.',
    ko: '사진 파일입니다. 명단이 든 파일을 골라 주세요.',
  },
  'voterfiles.upload_problem.word_document': {
    en: 'It is a text document (Word or the like). Choose the file with the list, or save the table in it as CSV.',
    ko: '워드나 한글 같은 문서 파일입니다. 명단이 든 파일을 고르거나 그 안의 표를 CSV로 저장해 주세요.',
  },
  'voterfiles.upload_problem.database_file': {
    en: 'It is a database file (Access or the like). Export its table as CSV and upload that.',
    ko: '액세스 같은 데이터베이스 파일입니다. 표를 CSV로 내보내서 올려 주세요.',
  },
  'voterfiles.upload_problem.json': {
    en: 'It is JSON, a format of programs. Voter files come as text with one voter per line.',
    ko: '프로그램이 쓰는 JSON 파일입니다. 유권자 명부는 한 줄에 한 명씩 적힌 텍스트 파일입니다.',
  },
  'voterfiles.upload_problem.unfinished': {
    en: 'The upload broke off. Send the files once more.',
    ko: '올리다가 끊겼습니다. 다시 올려 주세요.',
  },
  'voterfiles.upload_problem.no_file': { en: 'Choose a file first.', ko: '먼저 파일을 골라 주세요.' },

  'voterfiles.file_problem.missing_file': {
    en: 'The file is no longer on the server (unfinished ones are removed after a week). Upload it again.',
    ko: '파일이 서버에 없습니다(일주일이 지나면 지웁니다). 다시 올려 주세요.',
  },
  'voterfiles.file_problem.empty_file': {
    en: 'The file is empty. Download it again.',
    ko: '빈 파일입니다. 다시 내려받아 주세요.',
  },
  'voterfiles.file_problem.spreadsheet': {
    en: 'It is a spreadsheet. Save it as CSV, or upload the text file the Board sent.',
    ko: '스프레드시트 파일입니다. CSV로 저장하거나 받은 텍스트 파일을 그대로 올려 주세요.',
  },
  'voterfiles.file_problem.html': {
    en: 'It is a web page, probably one that asked you to sign in. Download the list again.',
    ko: '명부가 아니라 웹 페이지입니다. 로그인 화면이 저장된 듯합니다. 다시 내려받아 주세요.',
  },
  'voterfiles.file_problem.pdf': {
    en: 'It is a PDF. Ask the Board for the electronic file.',
    ko: 'PDF 파일입니다. 선거관리위원회에 전자 파일을 요청해 주세요.',
  },
  'voterfiles.file_problem.binary': {
    en: 'It holds no text. Upload the file as the Board sent it.',
    ko: '텍스트가 아닙니다. 선거관리위원회가 보낸 파일을 그대로 올려 주세요.',
  },
  'voterfiles.file_problem.bad_zip': {
    en: 'The .zip is damaged: probably the download broke off. Download it again.',
    ko: '.zip 파일이 손상됐습니다. 내려받다가 끊긴 듯합니다. 다시 내려받아 주세요.',
  },
  'voterfiles.file_problem.nothing_in_zip': {
    en: 'There is no .txt, .csv or .tsv in the .zip.',
    ko: '.zip 안에 .txt, .csv, .tsv 파일이 없습니다.',
  },
  'voterfiles.file_problem.not_a_voter_file': {
    en: 'It is no voter file that we know. Compare the columns below with the Board’s description, or choose the layout by hand.',
    ko: '저희가 아는 유권자 명부가 아닙니다. 아래 열을 선거관리위원회의 설명과 견주어 보거나 형식을 직접 골라 주세요.',
  },
  'voterfiles.file_problem.wrong_layout': {
    en: 'It does not fit the chosen layout; it looks like another one. Choose the layout again, or upload files of one kind only.',
    ko: '고른 형식과 맞지 않고 다른 형식으로 보입니다. 형식을 다시 고르거나 한 종류의 파일만 올려 주세요.',
  },
  'voterfiles.file_problem.unknown_layout': {
    en: 'There is no such layout. Choose one from the list.',
    ko: '없는 형식입니다. 목록에서 골라 주세요.',
  },
  'voterfiles.file_problem.law_not_accepted': {
    en: 'The law’s limit on use was not accepted.',
    ko: '법이 정한 쓰임에 동의하지 않았습니다.',
  },
  'voterfiles.file_problem.state_file_first': {
    en: 'This file adds to the state’s voter file, which is not there yet. Import that one first.',
    ko: '주 유권자 명부에 덧붙이는 파일입니다. 주 명부를 먼저 가져와 주세요.',
  },
  'voterfiles.file_problem.interrupted': {
    en: 'The server stopped in the middle. The data from before stay in use, whole; start the import once more.',
    ko: '도중에 서버가 멈췄습니다. 그전 자료를 그대로 쓰고 있으니 다시 시작해 주세요.',
  },
  'voterfiles.file_problem.no_phone_column': {
    en: 'There is no column of telephone numbers. The first line must name the columns, one of them “phone”.',
    ko: '전화번호 열이 없습니다. 첫 줄에 열 이름이 있고 그 가운데 “phone”이나 “전화번호”가 있어야 합니다.',
  },
  'voterfiles.file_problem.other': {
    en: 'The import could not be finished. The data from before stay in use, whole.',
    ko: '끝까지 가져오지 못했습니다. 그전 자료를 그대로 쓰고 있습니다.',
  },

  'voterfiles.check_title': { en: 'Is this the right file?', ko: '이 파일이 맞나요?' },
  'voterfiles.check_lead': {
    en: 'Nothing is imported yet. This is how we read the files.',
    ko: '아직 아무것도 가져오지 않았습니다. 파일을 이렇게 읽었습니다.',
  },
  'voterfiles.layout': { en: 'Layout', ko: '파일 형식' },
  'voterfiles.layout_guess': { en: 'we are {{percent}}% sure', ko: '확신 {{percent}}%' },
  'voterfiles.layout_unknown': { en: 'not recognized', ko: '알아볼 수 없음' },
  'voterfiles.encoding': { en: 'Character encoding', ko: '문자 인코딩' },
  'voterfiles.delimiter': { en: 'Separator', ko: '구분 기호' },
  'voterfiles.delimiter.comma': { en: 'comma', ko: '쉼표' },
  'voterfiles.delimiter.tab': { en: 'tab', ko: '탭' },
  'voterfiles.delimiter.pipe': { en: 'vertical bar', ko: '세로줄' },
  'voterfiles.delimiter.semicolon': { en: 'semicolon', ko: '세미콜론' },
  'voterfiles.columns': { en: 'Columns', ko: '열' },
  'voterfiles.columns_with_header': {
    en: '{{columns}}, named in the first line',
    ko: '{{columns}}개, 첫 줄에 이름 있음',
  },
  'voterfiles.columns_without': { en: '{{columns}}, without names', ko: '{{columns}}개, 이름 없음' },
  'voterfiles.size': { en: 'Size', ko: '크기' },
  'voterfiles.rows_about': { en: 'about {{rows}} rows', ko: '약 {{rows}}줄' },
  'voterfiles.received_on': { en: 'Date of the file', ko: '명부 기준일' },
  'voterfiles.received_hint': {
    en: 'The day the Board made it, not the day you download it.',
    ko: '내려받은 날이 아니라 선거관리위원회가 만든 날입니다.',
  },
  'voterfiles.unknown_columns': { en: 'Columns we do not use', ko: '쓰지 않는 열' },
  'voterfiles.missing_columns': { en: 'Columns that are missing', ko: '빠진 열' },
  'voterfiles.first_rows': { en: 'The first rows, as we read them', ko: '처음 몇 줄을 읽은 결과' },
  'voterfiles.faults': { en: 'Rows that could not be read', ko: '읽지 못한 줄' },
  'voterfiles.fault_line': { en: 'line {{line}}: {{reason}}', ko: '{{line}}번째 줄: {{reason}}' },
  'voterfiles.other_layout': { en: 'Read it as another layout', ko: '다른 형식으로 읽기' },
  'voterfiles.read_again': { en: 'Read again', ko: '다시 읽기' },
  'voterfiles.options': { en: 'Import', ko: '가져오기' },
  'voterfiles.include_purged': {
    en: 'Also voters the state has removed (purged)',
    ko: '주 정부가 뺀 유권자(purged)도 가져오기',
  },
  'voterfiles.include_purged_hint': {
    en: 'New York’s file has millions of them. They cannot vote and are never called; leave them out unless you study the past.',
    ko: '뉴욕 명부에는 수백만 명이 있습니다. 투표할 수 없고 전화 명단에도 나오지 않으니, 지난 기록을 연구하지 않는다면 빼 두세요.',
  },
  'voterfiles.phone_source': { en: 'Where are the numbers from?', ko: '어디에서 받은 번호인가요?' },
  'voterfiles.phone_source_hint': { en: 'For example: NYC Board of Elections', ko: '예: 뉴욕시 선거관리위원회' },
  'voterfiles.start_import': { en: 'Import now', ko: '가져오기 시작' },
  'voterfiles.give_up': { en: 'Do not import', ko: '가져오지 않기' },
  'voterfiles.progress_title': { en: 'Importing', ko: '가져오는 중' },
  'voterfiles.progress_lead': {
    en: 'You may leave this page; the work goes on. Until it is finished, the data from before stay in use.',
    ko: '화면을 떠나셔도 계속 진행합니다. 끝날 때까지는 그전 자료를 그대로 씁니다.',
  },
  'voterfiles.phase.waiting': {
    en: 'Waiting for another import to finish',
    ko: '다른 가져오기가 끝나기를 기다리는 중',
  },
  'voterfiles.phase.reading': { en: 'Reading the file', ko: '파일을 읽는 중' },
  'voterfiles.phase.comparing': { en: 'Comparing with what was there', ko: '전 자료와 비교하는 중' },
  'voterfiles.phase.indexing': { en: 'Preparing the search', ko: '검색을 준비하는 중' },
  'voterfiles.phase.finishing': { en: 'Finishing', ko: '마무리하는 중' },
  'voterfiles.rows': { en: 'Rows', ko: '읽은 줄' },
  'voterfiles.rate': { en: 'Rows per second', ko: '초당 줄 수' },
  'voterfiles.left': { en: 'Time left', ko: '남은 시간' },
  'voterfiles.passed': { en: 'Time so far', ko: '걸린 시간' },
  'voterfiles.cancel': { en: 'Cancel the import', ko: '가져오기 취소' },
  'voterfiles.cancelling': {
    en: 'Cancelling; the data from before stay in use.',
    ko: '취소하는 중입니다. 그전 자료를 그대로 씁니다.',
  },
  'voterfiles.cancelled_text': {
    en: 'The import was cancelled. Nothing of it is in use.',
    ko: '가져오기를 취소했습니다. 이 파일의 자료는 쓰지 않습니다.',
  },
  'voterfiles.report_title': { en: 'Imported', ko: '가져왔습니다' },
  'voterfiles.report_lead': { en: 'What became of the rows of the file.', ko: '파일의 각 줄을 이렇게 처리했습니다.' },
  'voterfiles.count.read': { en: 'Read', ko: '읽음' },
  'voterfiles.count.added': { en: 'Added', ko: '추가' },
  'voterfiles.count.updated': { en: 'Updated', ko: '변경' },
  'voterfiles.count.unchanged': { en: 'Unchanged', ko: '그대로' },
  'voterfiles.count.gone': { en: 'Gone from the file', ko: '명부에서 빠짐' },
  'voterfiles.count.rejected': { en: 'Could not be read', ko: '읽지 못함' },
  'voterfiles.count.seconds': { en: 'Seconds', ko: '초' },
  'voterfiles.gone_note': { en: 'marked, not deleted', ko: '지우지 않고 표시만 함' },
  'voterfiles.details': { en: 'Details', ko: '자세히' },
  'voterfiles.detail.skipped_purged': { en: 'Purged rows left out', ko: '주 정부가 뺀 유권자(제외함)' },
  'voterfiles.detail.votes_read': { en: 'Votes understood', ko: '읽은 투표 이력' },
  'voterfiles.detail.votes_unread': { en: 'History entries not understood', ko: '읽지 못한 투표 이력' },
  'voterfiles.detail.bad_dates': { en: 'Impossible dates, left empty', ko: '있을 수 없는 날짜(비워 둠)' },
  'voterfiles.detail.unknown_party': { en: 'Unknown party codes', ko: '모르는 정당 코드' },
  'voterfiles.detail.unknown_status': { en: 'Unknown status codes', ko: '모르는 상태 코드' },
  'voterfiles.detail.duplicates': { en: 'The same voter twice in the file', ko: '파일에 두 번 나온 유권자' },
  'voterfiles.detail.skipped_confidential': { en: 'Confidential voters, left out', ko: '비공개 유권자(제외함)' },
  'voterfiles.detail.bad_phones': { en: 'Numbers that cannot be telephones', ko: '전화번호가 될 수 없는 번호' },
  'voterfiles.detail.unmatched': { en: 'No voter found', ko: '맞는 유권자 없음' },
  'voterfiles.rejects': { en: 'Rows that could not be read', ko: '읽지 못한 줄' },
  'voterfiles.rejects_text': {
    en: 'A CSV with line, column, reason and the row as it came. It holds voters’ data: the download is recorded.',
    ko: '줄, 열, 이유와 원래 내용이 든 CSV입니다. 유권자 정보가 있어 내려받은 기록이 남습니다.',
  },
  'voterfiles.rejects_download': { en: 'Download the rejected rows', ko: '읽지 못한 줄 내려받기' },
  'voterfiles.next_voters': { en: 'Look at the voters', ko: '유권자 보기' },
  'voterfiles.next_phones': { en: 'Add phone numbers', ko: '전화번호 더하기' },
  'voterfiles.refused_title': { en: 'This file was not imported', ko: '이 파일은 가져오지 않았습니다' },
  'voterfiles.nothing_changed': { en: 'Nothing was changed.', ko: '바뀐 것은 없습니다.' },
  'voterfiles.try_other': { en: 'Upload another file', ko: '다른 파일 올리기' },
  'voterfiles.try_again': { en: 'Try again', ko: '다시 시도' },
  'voterfiles.duration_seconds': { en: '{{seconds}} s', ko: '{{seconds}}초' },
  'voterfiles.duration_minutes': { en: '{{minutes}} min', ko: '{{minutes}}분' },
  'voterfiles.duration_hours': { en: '{{hours}} h {{minutes}} min', ko: '{{hours}}시간 {{minutes}}분' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    voterfilePages: typeof voterfilePageMessages
  }
}
