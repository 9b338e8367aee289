/**
 * Every county of the states that lie in two time zones, so that one that is misspelled is not taken for one of the larger part.
 * Source: the names of the Census Bureau’s cartographic boundary files of 2017 as in npm us-atlas 3.0.1, read on 2026-11-27.
 */
export const countiesOf: Readonly<Record<string, string>> = {
  AK: `aleutians-east aleutians-west anchorage bethel bristol-bay denali dillingham fairbanks-north-star haines
    hoonah-angoon juneau kenai-peninsula ketchikan-gateway kodiak-island kusilvak lake-and-peninsula
    matanuska-susitna nome north-slope northwest-arctic petersburg prince-of-wales-hyder sitka skagway
    southeast-fairbanks valdez-cordova wrangell yakutat yukon-koyukuk`,
  AZ: `apache cochise coconino gila graham greenlee la-paz maricopa mohave navajo pima pinal santa-cruz yavapai yuma`,
  FL: `alachua baker bay bradford brevard broward calhoun charlotte citrus clay collier columbia desoto dixie duval
    escambia flagler franklin gadsden gilchrist glades gulf hamilton hardee hendry hernando highlands hillsborough
    holmes indian-river jackson jefferson lafayette lake lee leon levy liberty madison manatee marion martin
    miami-dade monroe nassau okaloosa okeechobee orange osceola palm-beach pasco pinellas polk putnam santa-rosa
    sarasota seminole st-johns st-lucie sumter suwannee taylor union volusia wakulla walton washington`,
  IN: `adams allen bartholomew benton blackford boone brown carroll cass clark clay clinton crawford daviess dearborn
    decatur dekalb delaware dubois elkhart fayette floyd fountain franklin fulton gibson grant greene hamilton
    hancock harrison hendricks henry howard huntington jackson jasper jay jefferson jennings johnson knox kosciusko
    lagrange lake laporte lawrence madison marion marshall martin miami monroe montgomery morgan newton noble ohio
    orange owen parke perry pike porter posey pulaski putnam randolph ripley rush scott shelby spencer st-joseph
    starke steuben sullivan switzerland tippecanoe tipton union vanderburgh vermillion vigo wabash warren warrick
    washington wayne wells white whitley`,
  KY: `adair allen anderson ballard barren bath bell boone bourbon boyd boyle bracken breathitt breckinridge bullitt
    butler caldwell calloway campbell carlisle carroll carter casey christian clark clay clinton crittenden
    cumberland daviess edmonson elliott estill fayette fleming floyd franklin fulton gallatin garrard grant graves
    grayson green greenup hancock hardin harlan harrison hart henderson henry hickman hopkins jackson jefferson
    jessamine johnson kenton knott knox larue laurel lawrence lee leslie letcher lewis lincoln livingston logan lyon
    madison magoffin marion marshall martin mason mccracken mccreary mclean meade menifee mercer metcalfe monroe
    montgomery morgan muhlenberg nelson nicholas ohio oldham owen owsley pendleton perry pike powell pulaski
    robertson rockcastle rowan russell scott shelby simpson spencer taylor todd trigg trimble union warren
    washington wayne webster whitley wolfe woodford`,
  MI: `alcona alger allegan alpena antrim arenac baraga barry bay benzie berrien branch calhoun cass charlevoix
    cheboygan chippewa clare clinton crawford delta dickinson eaton emmet genesee gladwin gogebic grand-traverse
    gratiot hillsdale houghton huron ingham ionia iosco iron isabella jackson kalamazoo kalkaska kent keweenaw lake
    lapeer leelanau lenawee livingston luce mackinac macomb manistee marquette mason mecosta menominee midland
    missaukee monroe montcalm montmorency muskegon newaygo oakland oceana ogemaw ontonagon osceola oscoda otsego
    ottawa presque-isle roscommon saginaw sanilac schoolcraft shiawassee st-clair st-joseph tuscola van-buren
    washtenaw wayne wexford`,
  TN: `anderson bedford benton bledsoe blount bradley campbell cannon carroll carter cheatham chester claiborne clay
    cocke coffee crockett cumberland davidson decatur dekalb dickson dyer fayette fentress franklin gibson giles
    grainger greene grundy hamblen hamilton hancock hardeman hardin hawkins haywood henderson henry hickman houston
    humphreys jackson jefferson johnson knox lake lauderdale lawrence lewis lincoln loudon macon madison marion
    marshall maury mcminn mcnairy meigs monroe montgomery moore morgan obion overton perry pickett polk putnam rhea
    roane robertson rutherford scott sequatchie sevier shelby smith stewart sullivan sumner tipton trousdale unicoi
    union van-buren warren washington wayne weakley white williamson wilson`,
  KS: `allen anderson atchison barber barton bourbon brown butler chase chautauqua cherokee cheyenne clark clay cloud
    coffey comanche cowley crawford decatur dickinson doniphan douglas edwards elk ellis ellsworth finney ford
    franklin geary gove graham grant gray greeley greenwood hamilton harper harvey haskell hodgeman jackson
    jefferson jewell johnson kearny kingman kiowa labette lane leavenworth lincoln linn logan lyon marion marshall
    mcpherson meade miami mitchell montgomery morris morton nemaha neosho ness norton osage osborne ottawa pawnee
    phillips pottawatomie pratt rawlins reno republic rice riley rooks rush russell saline scott sedgwick seward
    shawnee sheridan sherman smith stafford stanton stevens sumner thomas trego wabaunsee wallace washington wichita
    wilson woodson wyandotte`,
  NE: `adams antelope arthur banner blaine boone box-butte boyd brown buffalo burt butler cass cedar chase cherry
    cheyenne clay colfax cuming custer dakota dawes dawson deuel dixon dodge douglas dundy fillmore franklin
    frontier furnas gage garden garfield gosper grant greeley hall hamilton harlan hayes hitchcock holt hooker
    howard jefferson johnson kearney keith keya-paha kimball knox lancaster lincoln logan loup madison mcpherson
    merrick morrill nance nemaha nuckolls otoe pawnee perkins phelps pierce platte polk red-willow richardson rock
    saline sarpy saunders scotts-bluff seward sheridan sherman sioux stanton thayer thomas thurston valley
    washington wayne webster wheeler york`,
  ND: `adams barnes benson billings bottineau bowman burke burleigh cass cavalier dickey divide dunn eddy emmons foster
    golden-valley grand-forks grant griggs hettinger kidder lamoure logan mchenry mcintosh mckenzie mclean mercer
    morton mountrail nelson oliver pembina pierce ramsey ransom renville richland rolette sargent sheridan sioux
    slope stark steele stutsman towner traill walsh ward wells williams`,
  SD: `aurora beadle bennett bon-homme brookings brown brule buffalo butte campbell charles-mix clark clay codington
    corson custer davison day deuel dewey douglas edmunds fall-river faulk grant gregory haakon hamlin hand hanson
    harding hughes hutchinson hyde jackson jerauld jones kingsbury lake lawrence lincoln lyman marshall mccook
    mcpherson meade mellette miner minnehaha moody oglala-lakota pennington perkins potter roberts sanborn spink
    stanley sully todd tripp turner union walworth yankton ziebach`,
  TX: `anderson andrews angelina aransas archer armstrong atascosa austin bailey bandera bastrop baylor bee bell bexar
    blanco borden bosque bowie brazoria brazos brewster briscoe brooks brown burleson burnet caldwell calhoun
    callahan cameron camp carson cass castro chambers cherokee childress clay cochran coke coleman collin
    collingsworth colorado comal comanche concho cooke coryell cottle crane crockett crosby culberson dallam dallas
    dawson deaf-smith delta denton dewitt dickens dimmit donley duval eastland ector edwards el-paso ellis erath
    falls fannin fayette fisher floyd foard fort-bend franklin freestone frio gaines galveston garza gillespie
    glasscock goliad gonzales gray grayson gregg grimes guadalupe hale hall hamilton hansford hardeman hardin harris
    harrison hartley haskell hays hemphill henderson hidalgo hill hockley hood hopkins houston howard hudspeth hunt
    hutchinson irion jack jackson jasper jeff-davis jefferson jim-hogg jim-wells johnson jones karnes kaufman
    kendall kenedy kent kerr kimble king kinney kleberg knox la-salle lamar lamb lampasas lavaca lee leon liberty
    limestone lipscomb live-oak llano loving lubbock lynn madison marion martin mason matagorda maverick mcculloch
    mclennan mcmullen medina menard midland milam mills mitchell montague montgomery moore morris motley nacogdoches
    navarro newton nolan nueces ochiltree oldham orange palo-pinto panola parker parmer pecos polk potter presidio
    rains randall reagan real red-river reeves refugio roberts robertson rockwall runnels rusk sabine san-augustine
    san-jacinto san-patricio san-saba schleicher scurry shackelford shelby sherman smith somervell starr stephens
    sterling stonewall sutton swisher tarrant taylor terrell terry throckmorton titus tom-green travis trinity tyler
    upshur upton uvalde val-verde van-zandt victoria walker waller ward washington webb wharton wheeler wichita
    wilbarger willacy williamson wilson winkler wise wood yoakum young zapata zavala`,
  ID: `ada adams bannock bear-lake benewah bingham blaine boise bonner bonneville boundary butte camas canyon caribou
    cassia clark clearwater custer elmore franklin fremont gem gooding idaho jefferson jerome kootenai latah lemhi
    lewis lincoln madison minidoka nez-perce oneida owyhee payette power shoshone teton twin-falls valley washington`,
  NV: `carson-city churchill clark douglas elko esmeralda eureka humboldt lander lincoln lyon mineral nye pershing
    storey washoe white-pine`,
  OR: `baker benton clackamas clatsop columbia coos crook curry deschutes douglas gilliam grant harney hood-river
    jackson jefferson josephine klamath lake lane lincoln linn malheur marion morrow multnomah polk sherman
    tillamook umatilla union wallowa wasco washington wheeler yamhill`,
}
