"""A small set of files with everything an ingest may meet: two directives, a report, a copy, a secret, broken ones."""

from pathlib import Path

DIRECTIVE = """ỦY BAN NHÂN DÂN
TỈNH BÌNH MINH
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 15 tháng 01 năm 2025

KẾ HOẠCH
Chuyển đổi số trong cơ quan nhà nước đợt {number}

Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ;
Thực hiện Quyết định số 468/QĐ-TTg ngày 27/3/2021 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch:

I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao chất lượng phục vụ người dân và doanh nghiệp.

II. NHIỆM VỤ
1. Sở Nội vụ chủ trì, phối hợp với Sở Khoa học và Công nghệ tham mưu số hóa hồ sơ, hoàn thành trước ngày 30/6/2025.
2. Giao Sở Tài chính bố trí kinh phí thực hiện, báo cáo kết quả trước ngày 15/12/2025.

III. TỔ CHỨC THỰC HIỆN
Các sở, ban, ngành định kỳ báo cáo trước ngày 20 hằng tháng.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Bình
"""
DECREE = """CHÍNH PHỦ
Số: 45/2020/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 08 tháng 4 năm 2020

NGHỊ ĐỊNH
Về thực hiện thủ tục hành chính trên môi trường điện tử

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc thực hiện thủ tục hành chính trên môi trường điện tử.
Điều 5. Nguyên tắc
1. Tuân thủ quy định của pháp luật về bảo vệ bí mật nhà nước.
2. Bảo đảm việc thực hiện được đơn giản, thuận tiện:
a) Không yêu cầu nộp giấy tờ đã có trong cơ sở dữ liệu quốc gia;
b) Tái sử dụng kết quả số hóa hồ sơ.
"""
REPORT = """ỦY BAN NHÂN DÂN TỈNH BÌNH MINH
SỞ NỘI VỤ
Số: 77/BC-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 25 tháng 6 năm 2025

BÁO CÁO
Kết quả thực hiện Kế hoạch số 1/KH-UBND ngày 15/01/2025

Thực hiện Kế hoạch số 1/KH-UBND ngày 15/01/2025 của Ủy ban nhân dân tỉnh, Sở Nội vụ báo cáo kết quả như sau:
I. KẾT QUẢ THỰC HIỆN
1. Đã hoàn thành số hóa 12.500 hồ sơ, đạt 100% kế hoạch.
2. Đang triển khai tập huấn cho cán bộ cấp xã.
"""
SECRET = DIRECTIVE.replace("ỦY BAN NHÂN DÂN\nTỈNH", "MẬT\nỦY BAN NHÂN DÂN\nTỈNH", 1)


def write(folder: Path, *, directives: int = 2) -> Path:
    """The files under ``folder``, some in a folder of their own."""
    (folder / "chi-dao").mkdir(parents=True)
    for number in range(1, directives + 1):
        text = DIRECTIVE.format(number=number)
        (folder / "chi-dao" / f"ke-hoach-{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "chi-dao" / "ban-sao.txt").write_text(DIRECTIVE.format(number=1), encoding="utf-8")
    (folder / "nghi-dinh.txt").write_text(DECREE, encoding="utf-8")
    (folder / "bao-cao.txt").write_text(REPORT, encoding="utf-8")
    (folder / "hong.pdf").write_bytes(b"%PDF-1.7\nkhong phai la pdf")
    (folder / "mat.txt").write_text(SECRET.format(number=99), encoding="utf-8")
    (folder / "rong.txt").write_bytes(b"")
    return folder
