//! Leaks in the shape in which they have been reported, and notices in the style of offices.
//!
//! `tests/corpus/leaks` has lists of recipients, disputes, pupils, debtors and their like: each must
//! stop the build. `tests/corpus/clean` has what an office posts on other days: at most one of it
//! may be stopped. A document is a notice of a small portal, which publishes no number that would
//! lift a diagnostic.

use std::{fs, path::Path};

use linli::diagnostic::Severity;

use crate::{privacy::portal, site};

/// The documents of a folder of `tests/corpus`, by their names.
fn corpus(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut documents: Vec<(String, String)> = files
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&file).unwrap())
        })
        .collect();
    documents.sort();
    documents
}

/// A notice with this text; `\n` begins a line.
fn notice(text: &str) -> String {
    format!("---\ntitle: 通知\ndate: 2026-11-02\n---\n\n{}\n", text.replace("\\n", "\n"))
}

/// The errors of a portal with this notice in it, shortly.
fn errors(document: &str) -> Vec<String> {
    let files = portal(&[("content/xingfu/notices/notice.md", document)]);
    let diagnostics = site::check(&site::memory(&files));
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| format!("{} {:?} {:?}", it.code.name(), it.args, it.location.range)).collect()
}

/// Leaks, a notice in each line.
const LEAKS: &str = r"王秀英是我社区低保户。
走访慰问了低保户王秀英、李建国等人
居民刘洋的父亲刘德海患有胃癌晚期
**王秀英**，肢体残疾二级
低保户　王　伟　620元
阿依古丽·买买提，低保
欧阳锐因病住院，花费3万元
三单元的王海欠物业费2000元
何俊（男，45岁）因盗窃被判处有期徒刑两年
李伟、王芳离婚纠纷一案
被执行人：白云飞
王秀英老人瘫痪在床多年，由女儿照料
帮扶干部李强，帮扶对象王桂兰，低保户
接种名单\n张晓丽\n李晓明
低保公示\n\n- 王秀英（3人户）\n- 李建国（1人户）
| 姓名 | 救助原因 |\n|---|---|\n| 尹苡 | 火灾 |
<p>低保对象：<b>王秀英</b></p>
# 低保名单\n## 一组\n王秀英　李建国　张　敏
<ul><li>王秀英</li><li>李建国</li></ul>以上人员享受特困供养
序号、姓名、类别\n1、王秀英、低保\n2、李建国、低保
低保户王&#31168;英
社区矫正人员马强脱管
编号 姓名 监护人\n001 王秀英 李强
原告：王秀英\n被告：李建国\n案由：离婚纠纷
失主汪淑琴，家住幸福路88号3门
王大明患*白血*病
王**大明**残疾
王大明残**疾**二级
王大明患白血&#30149;
王大明残<wbr>疾
住址：幸福路88号
**家庭住址：**幸福路88号
## 低保户名单\n1. 5号楼刘芳\n2. 6号楼赵国强
低保户：6号楼赵国强。
患者：6栋2单元赵国强
物业费未交住户：5号楼刘芳 1200元
| 姓 | 名 | 救助原因 |\n|---|---|---|\n| 尹 | 苡 | 火灾 |
| 申请人 | 本人 |\n|---|---|\n| 家庭住址 | 幸福路88号 |
感谢低保户刘芳参加志愿活动
请刘芳来领残疾证
看望了独居老人赵国强
联系人：王主任 13843112233
| 姓名 | 王秀英 |\n|---|---|\n| 类别 | 低保 |\n| 金额 | 620元 |
姓名：王秀英\n性别：女\n救助类型：特困
- 申请人：李建国\n- 残疾类别：肢体
| 姓名 | 王秀英 | 性别 | 女 |\n|---|---|---|---|\n| 家庭地址 | 幸福路88号 | 病种 | 糖尿病 |
失主汪淑琴，家住幸福小区3-2-501
王芳家住3号楼2单元501
王芳家住三栋二单元五〇一
家住幸福小区三栋二单元五〇一室的王芳
王芳，住址：3-2-501
王芳家住3#2-501
王芳住在幸福里３号楼２单元５０１室
王芳（3号楼2单元501）
王芳 三栋二单元五零一
王芳现住三号楼二单元五层东门
家庭住址：三栋二单元五〇一
患者王芳，3-2-501
请找王芳(138)12345678
请找王芳138-1234-5678
请找王芳138 1234 5678
请找王芳１３８１２３４５６７８
请找王芳+86 138 1234 5678
请找王芳0086-13812345678
请找王芳138.1234.5678
请找王芳138—1234—5678
请找王芳（138）1234-5678
请找王芳１３８－１２３４－５６７８
请找王芳13812345678转告
请找王芳138\n12345678
买买提·艾山江患癌症
买买提•艾山江吃低保
John Smith患艾滋病
低保户：John Smith
低保户阿依古丽
阿依古丽吃低保
艾合买提肢体残疾二级
患者Mary Wang住院
低保户 Zhang San 620元
王秀英患白\n血病
王秀英是低\n保户
王秀英殘疾二級
王秀英患癌癥
王秀英患糖尿\n病
低保戶王秀英
王秀英精神分裂癥
王秀英社區矯正期滿
王秀英欠費三年
王秀英領取最低生活保障金
王秀英患腫瘤
王秀英服刑三年，緩刑
王秀英患心臟病
王秀英患腦梗
王秀英抑鬱
王秀英確診
王秀英借款糾紛
患者扎西卓玛
低保户娜仁花，住3号楼
邻居Mary Wang欠物业费
三楼的老赵吃低保
楼下小孙患肝炎
王秀英離婚後獨居
社区书记王丽看望了患癌症的李红梅
张建国、李红梅为低保户
张建国等3人为低保户
残疾人张建国担任志愿者
老张建国得了肺癌
张建国医生患癌症
李紅梅患癌症
仝建国患癌症
亓红梅患癌症
逄志强患癌症
郄金凤患癌症
ZHANG JIANGUO 患癌症
Zhang JianGuo患癌症
ZHANG Jianguo患癌症
阳光花园3-2-501张建国
阳光花园3-2-501
幸福小区12-3-1201王秀英
昨天社区看望了患癌症的李红梅
昨天社区看望了患癌症的李红梅、王德福
书记王丽慰问低保户张建国
网格员张强走访残疾人李红梅
王丽为低保户
刘伟是低保户
李红梅、王德福均为残疾人
吴桂三（郑红三之母）患癌症
志愿者陈静帮助失独的赵桂兰
医生王芳为癌症患者张建国诊治
社区主任李明为低保户王大力办理了手续
党员张建国（低保户）
楼长王秀英患脑梗
昨日，居民张建国与妻子离婚
张建國患糖尿病
劉德華吃低保
陳美玲殘疾";

/// What only looks like one.
const CLEAN: &str = r"联系人：王秀英\n受理范围：低保、特困、临时救助
| 主讲人 | 王秀英 |\n|---|---|\n| 内容 | 糖尿病的预防 |
接待人：李建国\n时间：3月5日\n事项：信访、投诉
姓名：________\n低保证号：________
会议室在3号楼2单元101，请物业派人参加
地址：幸福路88号社区服务中心3楼
楼道灯更换范围：3号楼2单元、5号楼1单元
请看3-2-1倒计时活动
比分是3-2，5-0，01场
电话：0431-82550111转8003
编号138-1234-56789-01
Microsoft Word文档患者登记表下载
低保政策见 Excel 表格
低保户请填写 Word 表格
讲座：Excel 与残疾人就业
CT、MRI检查：糖尿病患者请预约
WiFi 密码请找服务台，住院患者优先
Hepatitis B Vaccine 乙肝疫苗接种
残疾人证办理 Disability Certificate
老师傅、小区里的低保户
邻居高兴，患者放心
三楼的老师给孤独症儿童上课
格桑花开，助残有我
低\n压电停送通知，保\n户请注意
党总支书记王秀英走访慰问了低保户。
志愿者张敏为残疾人理发
低保政策由民政专干李娜负责解释，电话0431-8255-0101
高血压患者应低盐饮食
金秋助学活动资助贫困学生30名
张奶奶说，感谢社区帮她申请低保
医生刘伟到社区为糖尿病患者义诊
王某某诉李某离婚纠纷案
王**，低保，620元
王**和李**都是低保户
王**、李**患病
感谢王秀英、李建国为困难家庭捐款
优秀残疾人工作者：王秀英
安心养老：失能老人护理补贴
施工期间，高空坠物易致伤残
文明养犬，未接种疫苗不得出户
华夏银行账户开立
武汉大学教授陈明讲座：青少年抑郁的预防
庆祝全国助残日文艺演出，主持人：李静、王强
网格员陈静发现独居老人突发脑梗，及时送医
学雷锋志愿服务：为失能老人洗衣做饭
成立信访工作领导小组，组长：王建国，副组长：李敏
祝贺马丽在残疾人运动会上获奖
| 姓名 | 职务 | 接待信访 |\n|---|---|---|\n| 王建国 | 副区长 | 8月3日 |
| 办公地址 | 幸福路88号 |\n|---|---|\n| 时间 | 3月5日 |
| 住址 | 2026年救助 |\n|---|---|\n| 略 | 620 |
许可证号 18220400317
| 品名 | 订单号 |\n|---|---|\n| 大米 | 13800524906 |
报名地点：凯旋大厦B座12楼1203室
住在3号楼的居民请注意停水
解放路停车纠纷
解放路停车纠纷已经调解
张家口残疾人滑雪比赛
石家庄残疾人联合会
曾用名低保证明
婚姻登记有冷静期，离婚需三十天
张建国同志任社区矫正专干
任命张建国同志为社区矫正科科长
王丽担任残疾人专干
照顾残疾邻居的张丽
照顾残疾人的张丽被评为好人
刘伟为低保户理发
刘伟为低保户送去米面
医生王芳为残疾人义诊
王芳、李明为低保家庭送米面
马鞍山残疾人艺术团
葛洲坝社区低保政策
张家界低保标准
老年人张灯结彩，残疾人活动
老张家残疾人用品店
小康社会残疾人
李子园低保申请
高新路停车纠纷
建设街停车纠纷
王府井残疾人服务
二〇二六年城市低保标准
请到501室缴费
请到社区501室缴费
请于11-28-2026前办理
型号3-2-501的水表
文件3-2-501号";

#[test]
fn who_is_meant_is_told_by_the_words_around() {
    let passed: Vec<&str> = LEAKS.lines().filter(|line| errors(&notice(line)).is_empty()).collect();
    assert_eq!(passed, [] as [&str; 0]);
    // Whoever is left out would be published once the others are gone.
    for line in
        ["物业费未交住户：5号楼刘芳 1200元，6号楼赵国强 800元", "调解了赵国强与孙丽华的邻里纠纷"]
    {
        assert_eq!(errors(&notice(line)).len(), 2, "{line}");
    }
    let stopped: Vec<(&str, Vec<String>)> = CLEAN
        .lines()
        .map(|line| (line, errors(&notice(line))))
        .filter(|(_, errors)| !errors.is_empty())
        .collect();
    assert!(stopped.is_empty(), "{stopped:#?}");
}

/// Legal-aid sessions and honours: what they are about is no attribute of who is named beside it.
const CLEAN_RECORDS: &str = "\
service: 物业纠纷调解 / provider: 明理&同德律师事务所
service: 婚姻家庭纠纷 / provider: 明理与同德律师事务所
service: 婚姻家庭纠纷 / provider: 高金律师事务所
service: 房屋租赁、欠款和劳动争议都可以来问，请带上合同、借条和身份证，到场先取号，按先后次序接待
service: 主动调解邻里纠纷十余起，长期参与垃圾分类现场指导，并为社区食堂捐赠爱心餐券；体现了守望相助的邻里情谊";

/// The same with somebody who is named.
const LEAK_RECORDS: &str = "\
service: 离婚纠纷 / provider: 王秀英
service: 低保户王秀英
service: '- 低保户王秀英'
service: 王秀英、李建国 / provider: 低保金发放
service: 长期参与垃圾分类现场指导，为社区食堂捐赠爱心餐券。居民刘洋的父亲刘德海患有胃癌晚期，请大家多关心。
service: '<p>低保对象：<b>王秀英</b></p>'";

#[test]
fn records_are_read_as_rows() {
    let declared = "title: 法律服务\nfields:\n  date: {type: date, label: 日期}\n  \
                    service: {type: markdown, label: 内容}\n  \
                    provider: {type: text, label: 单位}\n";
    let told = |line: &&str| {
        let record = format!("- date: 2026-11-02\n  {}\n", line.replace(" / ", "\n  "));
        let files = portal(&[
            ("content/_collections/aid.yaml", declared),
            ("content/xingfu/aid.yaml", &record),
        ]);
        let diagnostics = site::check(&site::memory(&files));
        let mut errors = diagnostics.iter().filter(|it| it.severity == Severity::Error);
        errors.any(|it| it.code.name() == "sensitive-name")
    };
    assert_eq!(CLEAN_RECORDS.lines().filter(told).collect::<Vec<_>>(), [] as [&str; 0]);
    let passed: Vec<&str> = LEAK_RECORDS.lines().filter(|line| !told(line)).collect();
    assert_eq!(passed, [] as [&str; 0]);
}

#[test]
fn a_line_that_leaks_is_quoted_by_no_message() {
    let text = "照顾患癌症的刘芳和欠费的赵国强，车牌吉A12345";
    let files = portal(&[("content/xingfu/notices/notice.md", &*notice(text))]);
    let diagnostics = site::check(&site::memory(&files));
    assert!(diagnostics.iter().any(|it| it.severity == Severity::Warning), "{diagnostics:?}");
    let told = format!("{diagnostics:?}");
    assert!(!told.contains("刘芳") && !told.contains("赵国强"), "{told}");
}

#[test]
fn behind_many_warnings_an_error_is_told_all_the_same() {
    let many = |word: &str, count: usize| {
        (0..count).map(|at| format!("{word}{at}@example.cn\n")).collect::<Vec<_>>().concat()
    };
    let text = many("zhang", 300) + "王秀英是低保户。\n";
    assert_eq!(errors(&notice(&text)).len(), 1);
}

#[test]
fn of_many_numbers_each_has_to_be_an_offices() {
    let number = |at: usize| format!("138{at:08}");
    let grids = (0..300)
        .map(|at| {
            format!(
                "- {{grid: g{at}, buildings: {at}栋, chief: 王秀英, officer: 李敏, phone: \"{}\"}}\n",
                number(at)
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let told = |count: usize| {
        let text = (0..count).map(|at| format!("{}\n\n", number(at))).collect::<Vec<_>>().concat();
        let notice = notice(&text);
        let files = portal(&[
            ("content/xingfu/grids.yaml", &grids),
            ("content/xingfu/notices/notice.md", &notice),
        ]);
        let diagnostics = site::check(&site::memory(&files));
        diagnostics.iter().filter(|it| it.severity == Severity::Error).count()
    };
    assert_eq!(told(300), 0);
    assert!(told(301) > 0);
}

#[test]
fn every_leak_is_stopped() {
    let documents = corpus("leaks");
    assert!(documents.len() >= 60, "{}", documents.len());
    let passed: Vec<&str> = documents
        .iter()
        .filter(|(_, document)| errors(document).is_empty())
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(passed, [] as [&str; 0], "{} of {}", passed.len(), documents.len());
}

#[test]
fn at_most_one_clean_notice_is_stopped() {
    let documents = corpus("clean");
    assert!(documents.len() >= 100, "{}", documents.len());
    let stopped: Vec<_> = documents
        .iter()
        .map(|(name, document)| (name, errors(document)))
        .filter(|(_, errors)| !errors.is_empty())
        .collect();
    assert!(stopped.len() <= 1, "{} of {}: {stopped:#?}", stopped.len(), documents.len());
}
