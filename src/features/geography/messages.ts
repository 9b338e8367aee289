import { messages } from '../../platform/i18n/messages.ts'

export const geographyMessages = messages({
  'geography.kind.congress': { en: 'Congress', ko: '연방하원' },
  'geography.kind.senate': { en: 'State Senate', ko: '주상원' },
  'geography.kind.assembly': { en: 'State Assembly', ko: '주하원' },
  'geography.kind.nyc-council': { en: 'City Council', ko: '시의회' },
  'geography.kind.county': { en: 'Counties', ko: '카운티' },
  'geography.kind.borough': { en: 'Boroughs', ko: '보로' },
  'geography.kind.ed': { en: 'Election districts', ko: '투표구(ED)' },
  'geography.district.congress': { en: 'Congressional District {{number}}', ko: '연방하원 {{number}}선거구' },
  'geography.district.senate': { en: 'State Senate District {{number}}', ko: '주상원 {{number}}선거구' },
  'geography.district.assembly': { en: 'Assembly District {{number}}', ko: '주하원 {{number}}선거구' },
  'geography.district.nyc-council': { en: 'City Council District {{number}}', ko: '시의회 {{number}}선거구' },
  'geography.district.county': { en: '{{name}} County', ko: '{{name}} 카운티' },
  'geography.district.ed': { en: 'Election district {{number}}', ko: '투표구 {{number}}' },
  'geography.borough.bronx': { en: 'Bronx', ko: '브롱스' },
  'geography.borough.kings': { en: 'Brooklyn', ko: '브루클린' },
  'geography.borough.new-york': { en: 'Manhattan', ko: '맨해튼' },
  'geography.borough.queens': { en: 'Queens', ko: '퀸즈' },
  'geography.borough.richmond': { en: 'Staten Island', ko: '스태튼아일랜드' },

  'geography.map.tiles': {
    en: 'Each tile is one district, placed as they lie; sizes are not those of the land.',
    ko: '타일 하나가 선거구 하나입니다. 위치는 실제와 비슷하지만 크기는 실제 면적이 아닙니다.',
  },
  'geography.map.source': { en: 'Map: {{source}}', ko: '지도 출처: {{source}}' },
  'geography.map.source_as_of': {
    en: 'Map: {{source}}, lines of {{date}}',
    ko: '지도 출처: {{source}}, {{date}} 기준',
  },
  'geography.map.legend': { en: 'What the shades mean', ko: '색의 뜻' },
  'geography.map.none': { en: 'none', ko: '없음' },
  'geography.map.chosen': { en: 'This district', ko: '이 선거구' },
  'geography.map.neighbor': { en: 'Next to it', ko: '맞닿은 선거구' },
  'geography.map.no_shape': { en: 'No shape on this map', ko: '이 지도에 경계 없음' },
  'geography.map.district': { en: 'District', ko: '선거구' },

  'geography.straddles': {
    en: 'In {{districts}} ({{shares}}): the election district is divided',
    ko: '{{districts}}선거구 가운데 하나({{shares}}): 투표구가 나뉘어 있습니다',
  },
  'geography.straddles_or': { en: ' or ', ko: ' 또는 ' },
  'geography.straddles_another': {
    en: 'In {{district}} ({{share}}) or another: the election district is divided',
    ko: '{{district}}선거구({{share}}) 또는 다른 선거구: 투표구가 나뉘어 있습니다',
  },
  'geography.by_crosswalk': { en: 'from the election district', ko: '투표구로 확인' },
  'geography.by_crosswalk_as_of': {
    en: 'from the election district, lines of {{date}}',
    ko: '투표구로 확인, {{date}} 기준',
  },

  'geography.maps.title': { en: 'Maps and crosswalks', ko: '지도와 투표구 대조표' },
  'geography.maps.lead': {
    en: 'Where districts lie, and which election district belongs to which. Everybody in this installation sees them.',
    ko: '선거구의 위치와, 어느 투표구가 어느 선거구에 속하는지 정합니다. 이 시스템을 쓰는 모든 단체에 똑같이 보입니다.',
  },
  'geography.maps.loaded': { en: 'Maps', ko: '지도' },
  'geography.maps.loaded_lead': {
    en: 'Until real shapes are loaded, New York’s districts are drawn as tiles of our own; other states have maps once they are loaded. Shapes are free from the NYC Department of City Planning (“Political and Administrative Districts”) and the state’s GIS clearinghouse.',
    ko: '실제 모양을 올리기 전에는 뉴욕주 선거구를 저희가 만든 타일로 그립니다. 다른 주는 지도를 올려야 보입니다. 선거구 모양은 뉴욕시 도시계획국(NYC Department of City Planning)과 뉴욕주 GIS 자료실에서 무료로 받을 수 있습니다.',
  },
  'geography.maps.kind': { en: 'Kind', ko: '종류' },
  'geography.maps.shapes': { en: 'Shapes', ko: '모양' },
  'geography.maps.shapes_count': { en: { one: '{{count}} shape', other: '{{count}} shapes' }, ko: '{{count}}곳' },
  'geography.maps.own_tiles': { en: 'our own tiles', ko: '자체 타일 지도' },
  'geography.maps.nothing': { en: 'none yet', ko: '아직 없음' },
  'geography.maps.lines_of': { en: 'Lines of', ko: '기준일' },
  'geography.maps.from': { en: 'Source', ko: '출처' },
  'geography.maps.loaded_at': { en: 'Loaded', ko: '올린 때' },
  'geography.maps.loaded_by': { en: '{{date}}, {{name}}', ko: '{{date}}, {{name}}' },
  'geography.maps.state': { en: 'State', ko: '주' },
  'geography.maps.kind_of_state': { en: '{{kind}}, {{state}}', ko: '{{kind}}({{state}})' },
  'geography.maps.remove': { en: 'Remove', ko: '지우기' },
  'geography.maps.back_to_tiles': { en: 'Back to tiles', ko: '타일 지도로' },
  'geography.maps.see': { en: 'See the map', ko: '지도 보기' },
  'geography.maps.removed': {
    en: 'The map is removed. Where there are tiles of our own, they stand in its place.',
    ko: '지도를 지웠습니다. 자체 타일 지도가 있는 종류는 타일 지도가 보입니다.',
  },
  'geography.maps.upload': { en: 'Load shapes', ko: '선거구 모양 올리기' },
  'geography.maps.upload_lead': {
    en: 'A GeoJSON or TopoJSON file, in longitude and latitude (WGS84). It replaces the map of its kind at once, for everybody.',
    ko: '경도와 위도(WGS84)로 된 GeoJSON이나 TopoJSON 파일입니다. 올리면 같은 종류의 지도가 모두에게 바로 바뀝니다.',
  },
  'geography.maps.file': { en: 'File', ko: '파일' },
  'geography.maps.file_hint': {
    en: 'Up to {{megabytes}} MB here; larger files by the command line: hanpyo geography import',
    ko: '여기서는 {{megabytes}}MB까지 올릴 수 있습니다. 더 큰 파일은 명령줄로 올리세요: hanpyo geography import',
  },
  'geography.maps.id_property': { en: 'Property with the district’s number', ko: '선거구 번호가 든 속성' },
  'geography.maps.id_property_hint': {
    en: 'As the file names it: CounDist, AssemDist, StSenDist, CongDist, ElectDist. For counties, the one with the name.',
    ko: '파일에 적힌 이름 그대로 씁니다: CounDist, AssemDist, StSenDist, CongDist, ElectDist. 카운티는 이름이 든 속성을 씁니다.',
  },
  'geography.maps.as_of': { en: 'Day of the lines', ko: '선거구 기준일' },
  'geography.maps.as_of_hint': {
    en: 'When these lines came into force or the file was made',
    ko: '선거구가 시행된 날이나 파일이 만들어진 날',
  },
  'geography.maps.source': { en: 'Where it is from', ko: '받은 곳' },
  'geography.maps.source_hint': { en: 'Shown under the map', ko: '지도 아래에 표시됩니다' },
  'geography.maps.load': { en: 'Load the map', ko: '지도 올리기' },
  'geography.maps.done': { en: 'The map is loaded', ko: '지도를 올렸습니다' },
  'geography.maps.next_crosswalk': {
    en: 'Next: load a crosswalk, so that voters are counted in districts their voter file leaves empty.',
    ko: '다음 할 일: 투표구 대조표를 올리면 유권자 명부에 비어 있는 선거구도 셀 수 있습니다.',
  },
  'geography.crosswalks.title': { en: 'Crosswalks', ko: '투표구 대조표' },
  'geography.crosswalks.lead': {
    en: 'A state’s voter file may lack districts: New York’s has no City Council district. A crosswalk says in which one each election district lies; voters of divided election districts are marked, not guessed.',
    ko: '주 유권자 명부에 없는 선거구가 있습니다. 뉴욕주 명부에는 시의회 선거구가 없습니다. 대조표는 투표구마다 어느 선거구에 속하는지 알려 줍니다. 나뉜 투표구의 유권자는 짐작하지 않고 따로 표시합니다.',
  },
  'geography.crosswalks.none': { en: 'No crosswalk is loaded.', ko: '아직 올린 대조표가 없습니다.' },
  'geography.crosswalks.fills': { en: 'Fills', ko: '채우는 선거구' },
  'geography.crosswalks.whole': { en: 'Wholly in one', ko: '한 곳에 속함' },
  'geography.crosswalks.straddling': { en: 'Divided', ko: '나뉨' },
  'geography.crosswalks.upload': { en: 'Load a crosswalk', ko: '대조표 올리기' },
  'geography.crosswalks.upload_lead': {
    en: 'A CSV file: elect_dist (assembly district × 1000 + election district), then council, council_share, senate, senate_share, congress, congress_share.',
    ko: 'CSV 파일입니다. 열 이름: elect_dist(주하원 선거구 × 1000 + 투표구), 이어서 council, council_share, senate, senate_share, congress, congress_share.',
  },
  'geography.crosswalks.load': { en: 'Load the crosswalk', ko: '대조표 올리기' },
  'geography.crosswalks.done': { en: 'The crosswalk is loaded', ko: '대조표를 올렸습니다' },
  'geography.crosswalks.next': {
    en: 'Counts, universes and profiles use it from now on. Look at a district to see its voters. Estimates of communities read City Council districts too: where those changed, they are old until the command hanpyo community refresh was run.',
    ko: '이제 집계와 대상 유권자, 유권자 정보에 쓰입니다. 선거구를 열어 유권자를 확인해 보세요. 커뮤니티 추정에도 시의회 선거구가 쓰입니다. 시의회 선거구가 바뀌었으면 hanpyo community refresh 명령을 실행해야 추정이 새로워집니다.',
  },
  'geography.refused': {
    en: 'The file was not taken; nothing was changed',
    ko: '파일을 올리지 못했습니다. 바뀐 것은 없습니다',
  },
  'geography.problem.line': { en: 'Line {{line}}: {{problem}}', ko: '{{line}}번째 줄: {{problem}}' },

  'geography.problem.not_of_state': {
    en: 'There are no districts of this kind in {{state}}: City Council and boroughs are New York’s.',
    ko: '{{state}} 주에는 이런 종류의 선거구가 없습니다. 시의회 선거구와 보로는 뉴욕에만 있습니다.',
  },
  'geography.problem.no_file': { en: 'Choose a file.', ko: '파일을 골라 주세요.' },
  'geography.problem.too_large': {
    en: 'The file has {{megabytes}} MB, which is too large.',
    ko: '파일이 {{megabytes}}MB로 너무 큽니다.',
  },
  'geography.problem.empty': { en: 'There are no districts in the file.', ko: '파일에 선거구가 없습니다.' },
  'geography.problem.not_json': {
    en: 'The file is not JSON: it cannot be read from line {{line}}, character {{column}}.',
    ko: 'JSON 파일이 아닙니다. {{line}}번째 줄 {{column}}번째 글자부터 읽지 못했습니다.',
  },
  'geography.problem.not_geojson': {
    en: 'This is no GeoJSON FeatureCollection and no TopoJSON ({{type}} {{place}}).',
    ko: 'GeoJSON(FeatureCollection)이나 TopoJSON이 아닙니다({{type}} {{place}}).',
  },
  'geography.problem.which_object': {
    en: 'The TopoJSON holds several objects; say which: {{names}}.',
    ko: 'TopoJSON에 객체가 여러 개 있습니다. 하나를 정해 주세요: {{names}}.',
  },
  'geography.problem.projection': {
    en: 'The file is in the projection {{name}}. Convert it to longitude and latitude first: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson.',
    ko: '파일의 좌표계가 {{name}}입니다. 먼저 경도와 위도로 바꿔 주세요: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson.',
  },
  'geography.problem.projected': {
    en: 'Feature {{feature}} has the point {{x}}, {{y}}, which is no longitude and latitude: the file is in a projection, such as New York State Plane. Convert it first: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson.',
    ko: '{{feature}}번째 도형의 좌표 {{x}}, {{y}} 값은 경도와 위도가 아닙니다. 뉴욕주 평면좌표계 같은 투영 좌표로 보입니다. 먼저 바꿔 주세요: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson.',
  },
  'geography.problem.not_here': {
    en: 'Feature {{feature}} has the point {{x}}, {{y}}, outside the United States. Longitude comes first, then latitude: −73.8, 40.7.',
    ko: '{{feature}}번째 도형의 좌표 {{x}}, {{y}} 지점이 미국 밖에 있습니다. 경도가 먼저, 위도가 다음입니다: −73.8, 40.7.',
  },
  'geography.problem.no_geometry': {
    en: 'Feature {{feature}} has no shape.',
    ko: '{{feature}}번째 도형에 모양이 없습니다.',
  },
  'geography.problem.wrong_geometry': {
    en: 'Feature {{feature}} is a {{type}}; districts are polygons.',
    ko: '{{feature}}번째 도형이 {{type}}입니다. 선거구는 다각형이어야 합니다.',
  },
  'geography.problem.bad_ring': {
    en: 'Feature {{feature}} has a line that does not close or has fewer than four points.',
    ko: '{{feature}}번째 도형의 선이 닫히지 않았거나 점이 네 개보다 적습니다.',
  },
  'geography.problem.no_id': {
    en: 'Feature {{feature}} has no property {{property}}. It has: {{has}}.',
    ko: '{{feature}}번째 도형에 {{property}} 속성이 없습니다. 있는 속성: {{has}}.',
  },
  'geography.problem.bad_id': {
    en: 'Feature {{feature}} is called “{{value}}”, which is no district of this kind ({{kind}}).',
    ko: '{{feature}}번째 도형의 이름 “{{value}}”는 이 종류({{kind}})의 선거구가 아닙니다.',
  },
  'geography.problem.duplicate': {
    en: 'District {{district}} is in the file twice: features {{other}} and {{feature}}.',
    ko: '{{district}}선거구가 파일에 두 번 있습니다: {{other}}번째와 {{feature}}번째 도형.',
  },
  'geography.problem.too_many': {
    en: 'The file has {{count}} shapes; at most {{most}} are taken.',
    ko: '파일에 도형이 {{count}}개 있습니다. {{most}}개까지만 받습니다.',
  },
  'geography.problem.crosswalk.empty': { en: 'there is nothing to load', ko: '올릴 내용이 없습니다' },
  'geography.problem.crosswalk.not_csv': { en: 'this is not CSV', ko: 'CSV 파일이 아닙니다' },
  'geography.problem.crosswalk.no_columns': {
    en: 'columns for the election district (elect_dist, or assembly_district and ed) and for a district are missing; there are: {{has}}',
    ko: '투표구 열(elect_dist 또는 assembly_district와 ed)과 선거구 열이 없습니다. 있는 열: {{has}}',
  },
  'geography.problem.crosswalk.bad_election_district': {
    en: '“{{value}}” is no election district (23001 is election district 1 of assembly district 23)',
    ko: '“{{value}}”는 투표구 번호가 아닙니다(23001은 주하원 23선거구의 1번 투표구)',
  },
  'geography.problem.crosswalk.bad_district': {
    en: '“{{value}}” is no district',
    ko: '“{{value}}”는 선거구 번호가 아닙니다',
  },
  'geography.problem.crosswalk.bad_share': {
    en: '“{{value}}” is no share between 0 and 1',
    ko: '“{{value}}”는 0과 1 사이의 비율이 아닙니다',
  },
  'geography.problem.crosswalk.no_share': {
    en: 'district {{district}} has no share, though the file has a column of shares (1 is the whole)',
    ko: '비율 열이 있는데 {{district}}선거구의 비율이 비어 있습니다(전부이면 1)',
  },
  'geography.problem.crosswalk.too_much': {
    en: 'the shares of election district {{value}} are more than the whole',
    ko: '{{value}} 투표구의 비율을 더하면 1을 넘습니다',
  },
  'geography.problem.crosswalk.far_fewer': {
    en: 'election districts with a {{kind}} district: {{has}} in the file, {{had}} in the crosswalk loaded now; all others would lose theirs. If it is meant so: hanpyo geography crosswalk … --accept-gone',
    ko: '{{kind}} 선거구가 적힌 투표구: 이 파일 {{has}}곳, 지금 대조표 {{had}}곳. 나머지 투표구는 선거구를 잃게 됩니다. 그래도 바꾸려면 명령줄에서 --accept-gone을 쓰세요: hanpyo geography crosswalk … --accept-gone',
  },
  'geography.problem.crosswalk.twice': {
    en: 'election district {{value}} stands in district {{district}} twice',
    ko: '{{value}} 투표구가 {{district}}선거구에 두 번 있습니다',
  },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    geography: typeof geographyMessages
  }
}
