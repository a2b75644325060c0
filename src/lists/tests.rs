use super::*;

fn lines(problems: &[ListProblem]) -> Vec<u64> {
    problems.iter().map(|problem| problem.line).collect()
}

fn mistake(bytes: &[u8]) -> ListProblem {
    let problems = shops(bytes).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].clone()
}

#[test]
fn shops_with_and_without_header_in_any_order() {
    let right = vec![
        Shop { code: "A0001".into(), name: "髙島〜屋".into(), kana: "タカシマヤ".into() },
        Shop { code: "A0002".into(), name: "a, \"b\"".into(), kana: String::new() },
    ];
    let plain = "A0002,\"a, \"\"b\"\"\",\nA0001,髙島〜屋,タカシマヤ\n";
    assert_eq!(shops(plain.as_bytes()).unwrap(), right);
    let named = "店舗名,備考,カナ,店舗コード\r\n髙島〜屋,x,タカシマヤ,A0001\r\n\"a, \"\"b\"\"\",,,A0002\r\n";
    assert_eq!(shops(named.as_bytes()).unwrap(), right);
    let marked = format!("\u{FEFF}Code,Name,Kana\n{plain}");
    assert_eq!(shops(marked.as_bytes()).unwrap(), right);
    assert_eq!(shops(shops_csv(&right).as_bytes()).unwrap(), right);
}

#[test]
fn cp932_is_read_strictly() {
    let (bytes, _, bad) = encoding_rs::SHIFT_JIS.encode("店舗コード,店舗名\nA1,髙島屋\n");
    assert!(!bad);
    assert_eq!(shops(&bytes).unwrap()[0].name, "髙島屋");
    let mut broken = bytes.to_vec();
    broken.extend(b"A2,\xFF\xFF\nA3,ok\n");
    assert_eq!(mistake(&broken).line, 3);
    let mut marked = b"\xEF\xBB\xBFA1,x\n".to_vec();
    marked.extend(bytes.iter());
    assert!(shops(&marked).unwrap_err()[0].mistake.contains("says it is UTF-8"));
}

#[test]
fn utf16_and_nul_are_named() {
    assert!(mistake(b"\xFF\xFEA\x001\x00").mistake.contains("UTF-16"));
    assert_eq!(mistake(b"A1,x\nA2,\0\n").line, 2);
}

#[test]
fn every_mistake_with_its_line() {
    let list = "code,name\r\n\r\nA1,x\r\n,y\r\nA 2,y\r\nA3,\r\nA4,=1+1\r\nA5,@SUM(A1)\r\nA6,+81 26\r\n\
                A7,\"a\nb\"\r\nA1,other\r\nA1,x\r\n\u{FF21}8,z\r\nA9,-cmd!A1\r\n";
    let problems = shops(list.as_bytes()).unwrap_err();
    assert_eq!(lines(&problems), [4, 5, 6, 7, 8, 10, 12, 14, 15], "{problems:#?}");
    assert!(problems[6].mistake.contains("line 3"), "{}", problems[6]);
}

#[test]
fn twenty_are_shown_and_the_rest_counted() {
    let list = "A1,\n".repeat(50);
    let problems = shops(list.as_bytes()).unwrap_err();
    assert_eq!(problems.len(), 21);
    assert_eq!(problems[20].mistake, "and 30 more mistakes in other lines");
}

#[test]
fn surplus_cells_over_long_cells_and_empty_lists() {
    assert!(mistake(b"A1,a,b,c\n").mistake.contains("more than this list has"));
    assert_eq!(shops(b"A1,a,b,,,\n,,,\n").unwrap().len(), 1);
    assert!(mistake(format!("A1,{}\n", "x".repeat(201)).as_bytes()).mistake.contains("201"));
    assert!(mistake(b"A1,\"x\nA2,y\n").mistake.contains("control"));
    assert!(mistake(format!("A1,\"{}", "x".repeat(1001)).as_bytes()).mistake.contains("quote"));
    assert!(mistake(b"").mistake.contains("no shop"));
    assert!(mistake("店舗コード,店舗名\n".as_bytes()).mistake.contains("no shop"));
    assert!(mistake("店舗名\nx\n".as_bytes()).mistake.contains("店舗コード"));
    assert!(mistake(format!("{},x\n", "A".repeat(21)).as_bytes()).mistake.contains("21"));
}

proptest::proptest! {
    /// Whatever a shop's name is, the canonical form reads back as the same list.
    #[test]
    fn canonical_form_reads_back(names in proptest::collection::vec("[^\\p{Cc}=@+\\-]{1,30}", 1..6)) {
        let list = names
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.trim().is_empty())
            .map(|(i, name)| Shop {
                code: format!("A{i}"),
                name: name.trim().to_owned(),
                kana: String::new(),
            })
            .filter(|shop| cells::unfit(&shop.name).is_none())
            .collect::<Vec<_>>();
        if !list.is_empty() {
            proptest::prop_assert_eq!(shops(shops_csv(&list).as_bytes()).unwrap(), list);
        }
    }

    #[test]
    fn garbage_never_panics(bytes: Vec<u8>) {
        std::hint::black_box(shops(&bytes).is_ok());
    }
}
